/** 新建会议, 修改会议: one form. */
import { addDays, civilDateAt, instant } from '@xiewen/shared/base'
import { directoryContract, type PostView } from '@xiewen/shared/directory'
import { meetingsContract as contract, type MeetingId, type MeetingView } from '@xiewen/shared/meetings'
import { Input } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DecisionBar, Field, Page, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { navigate, type PageProps } from '../../platform/rooms/index.ts'
import { AgendaFields } from './agenda-fields.tsx'
import { PlanFields } from './plan-fields.tsx'
import { emptyForm, formOf, type PlanForm, planOf } from './plan-model.ts'
import './meetings.css'

/** The page. */
export function Component({ params }: PageProps) {
  const id = params['id']
  // Safe because the server parses it again.
  return id === undefined ? <Plan meeting={null} first={emptyForm(addDays(civilDateAt(instant(Date.now())), 1))} /> : <Change meetingId={id as MeetingId} />
}

function Change({ meetingId }: { readonly meetingId: MeetingId }) {
  const found = useQuery(contract.view, { meetingId })
  const posts = useQuery(directoryContract.listPosts, {})
  return <Answer of={found}>{(meeting) => <Answer of={posts}>{(all) => <Plan meeting={meeting} first={formOf(meeting, postsOf(meeting, all.posts))} />}</Answer>}</Answer>
}

/** Posts of the meeting; those the list does not reach are made from what the meeting itself says. */
function postsOf(meeting: MeetingView, known: readonly PostView[]): readonly PostView[] {
  const named = meeting.attendees.flatMap((each): readonly PostView[] => {
    if (each.postId === null || known.some((post) => post.id === each.postId)) return []
    const person = known[0]?.personId
    return person === undefined ? [] : [{ id: each.postId, personId: person, unitId: each.unitId, title: each.personTitle, duties: [], primary: true, personName: each.personName, unitName: each.unitName, organId: each.unitId, organName: each.unitName }]
  })
  return [...known, ...named]
}

function Plan({ meeting, first }: { readonly meeting: MeetingView | null; readonly first: PlanForm }) {
  const { t } = useWords()
  const [form, setForm] = useState(first)
  const [note, setNote] = useState('')
  const [create, change] = [useCommand(contract.create), useCommand(contract.change)]
  const set = (part: Partial<PlanForm>) => setForm((before) => ({ ...before, ...part }))
  const save = async () => {
    const plan = planOf(form)
    const output = meeting === null ? await create.run(plan) : await change.run({ meetingId: meeting.id, ...plan, note })
    if (output === null) return
    tellDone(t('meetings.ui.saved'))
    navigate(`/meetings/${output.meetingId}`)
  }
  const title = meeting === null ? t('meetings.ui.new') : t('meetings.ui.change')
  return (
    <Page title={title} crumbs={[{ label: t('meetings.room'), to: '/meetings' }]}>
      <Panel title={t('meetings.ui.basics')}>
        <PlanFields form={form} set={set} bookingOf={meeting?.id ?? null} />
      </Panel>
      <AgendaFields agenda={form.agenda} onChange={(agenda) => set({ agenda })} />
      {meeting === null ? null : <Field label={t('meetings.ui.change-note')}>{(control) => <Input {...control} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>}
      <DecisionBar primary={{ key: 'save', label: t('meetings.ui.save'), onAct: () => void save(), busy: create.busy || change.busy, offBecause: form.title.trim() === '' ? t('meetings.ui.title-missing') : null }}>
        <RefusalNotice error={create.error ?? change.error} />
      </DecisionBar>
    </Page>
  )
}
