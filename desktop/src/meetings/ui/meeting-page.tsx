/** One meeting: 议程 · 报名 · 签到 · 纪要 · 任务, and what the caller may do next. */
import { meetingsContract as contract, type MeetingId, type MeetingView } from '@xiewen/shared/meetings'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, ConfirmSheet, DecisionBar, EmptyState, Field, Lamp, Notice, Page, Panel, RefusalNotice, Tabs, tellDone } from '../../platform/kit/index.ts'
import { Link, navigate, type PageProps } from '../../platform/rooms/index.ts'
import { MarkList } from './mark-list.tsx'
import { ReceiptsTab } from './receipts-tab.tsx'
import { ReplyCard } from './reply-card.tsx'
import { SignInTab } from './sign-in-tab.tsx'
import { spanText, toneOfState } from './words.ts'
import './meetings.css'

const tabKeys = ['agenda', 'receipts', 'sign-in', 'minutes', 'tasks'] as const

/** The page. */
export function Component({ params }: PageProps) {
  // Safe because the server parses it again.
  const meetingId = (params['id'] ?? '') as MeetingId
  const found = useQuery(contract.view, { meetingId }, { refreshOn: [`meeting:${meetingId}`] })
  const readNotice = useCommand(contract.readNotice)
  const { run } = readNotice
  const isOpen = found.kind === 'ready'
  useEffect(() => {
    if (isOpen) void run({ meetingId })
  }, [isOpen, meetingId])
  return <Answer of={found}>{(meeting) => <Meeting meeting={meeting} />}</Answer>
}

function Meeting({ meeting }: { readonly meeting: MeetingView }) {
  const { t, format } = useWords()
  const [tab, setTab] = useState<string>('agenda')
  const counts: Readonly<Record<string, number>> = { receipts: meeting.attendees.filter((each) => each.decision === 'pending').length, tasks: meeting.marks.length }
  return (
    <Page
      title={meeting.title}
      crumbs={[{ label: t('meetings.room'), to: '/meetings' }]}
      note={`${spanText(format, meeting.from, meeting.to)} · ${meeting.place}`}
      actions={<Lamp tone={toneOfState(meeting.state)} label={t(`meetings.state.${meeting.state}`)} />}
    >
      {meeting.changeNote === '' ? null : <Notice kind="warning">{meeting.changeNote}</Notice>}
      {meeting.clashes.map((clash) => (
        <Notice key={`${clash.personName}${clash.from}`} kind="warning">{t('meetings.ui.clash', { person: clash.personName, title: clash.title, span: spanText(format, clash.from, clash.to) })}</Notice>
      ))}
      {meeting.attendees.filter((each) => each.mine && meeting.round > 0).map((each) => (
        <ReplyCard key={`${each.id}.${meeting.round}`} meeting={meeting} attendee={each} />
      ))}
      <Tabs label={t('meetings.ui.tabs')} tabs={tabKeys.map((key) => ({ key, label: t(`meetings.ui.tab.${key}`), count: counts[key] ?? 0 }))} current={tab} onChange={setTab} />
      <TabBody meeting={meeting} tab={tab} />
      <Acts meeting={meeting} onTab={setTab} />
    </Page>
  )
}

function TabBody({ meeting, tab }: { readonly meeting: MeetingView; readonly tab: string }) {
  switch (tab) {
    case 'receipts':
      return <ReceiptsTab meeting={meeting} />
    case 'sign-in':
      return <SignInTab meeting={meeting} />
    case 'minutes':
      return <MinutesTab meeting={meeting} />
    case 'tasks':
      return <MarkList marks={meeting.marks} />
    default:
      return <AgendaTab meeting={meeting} />
  }
}

function AgendaTab({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords()
  const facts = [
    ['meetings.ui.kind', t(`meetings.kind.${meeting.kind}`)],
    ['meetings.ui.host', meeting.hostName],
    ['meetings.ui.contact', meeting.contact],
    ['meetings.ui.notes', meeting.notes],
  ] as const
  return (
    <>
      <Panel title={t('meetings.ui.basics')}>
        <dl className="facts">
          {facts.filter(([, value]) => value !== '').map(([key, value]) => (
            <div key={key} className="facts-line">
              <dt>{t(key)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t('meetings.ui.agenda')}>
        {meeting.agenda.length === 0 ? <p className="soft">{t('meetings.ui.agenda.empty')}</p> : null}
        <ol className="agenda">
          {meeting.agenda.map((item) => (
            <li key={item.id}>
              <span className="strong">{item.title}</span>
              <span className="soft">{[item.presenter, item.minutes > 0 ? t('meetings.ui.agenda.takes', { count: item.minutes }) : ''].filter((part) => part !== '').join(' · ')}</span>
              {item.documentId === null ? null : <Link to={`/documents/${item.documentId}`}>{item.documentTitle}</Link>}
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

function MinutesTab({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords()
  const { minutes } = meeting
  if (minutes === null) return <EmptyState title={t('meetings.ui.minutes-none')} hint={t('meetings.ui.minutes-hint')} />
  return (
    <Panel title={t('meetings.ui.tab.minutes')}>
      <p className="strong">{minutes.title}</p>
      {minutes.mayOpen ? <Button type="primary" onClick={() => navigate(`/documents/${minutes.documentId}`)}>{t('meetings.ui.open-minutes')}</Button> : null}
    </Panel>
  )
}

function Acts({ meeting, onTab }: { readonly meeting: MeetingView; readonly onTab: (key: string) => void }) {
  const { t } = useWords()
  const [notify, start, end, begin, cancel] = [useCommand(contract.notify), useCommand(contract.start), useCommand(contract.end), useCommand(contract.startMinutes), useCommand(contract.cancel)]
  const [cancelling, setCancelling] = useState(false)
  const [reason, setReason] = useState('')
  const { abilities, id: meetingId } = meeting
  const told = (key: 'meetings.ui.notified' | 'meetings.ui.saved', output: unknown) => (output === null ? undefined : tellDone(t(key)))
  const acts = [
    { key: 'notify', may: abilities.notify.allowed, label: t('meetings.ui.notify'), busy: notify.busy, onAct: () => void notify.run({ meetingId }).then((output) => told('meetings.ui.notified', output)) },
    { key: 'start', may: abilities.start.allowed, label: t('meetings.ui.start'), busy: start.busy, onAct: () => void start.run({ meetingId }).then((output) => output && onTab('sign-in')) },
    { key: 'end', may: abilities.end.allowed, label: t('meetings.ui.end'), busy: end.busy, onAct: () => void end.run({ meetingId }).then((output) => told('meetings.ui.saved', output)) },
    { key: 'minutes', may: abilities.startMinutes.allowed, label: t('meetings.ui.start-minutes'), busy: begin.busy, onAct: () => void begin.run({ meetingId }).then((output) => output && navigate(`/documents/${output.documentId}`)) },
    { key: 'change', may: abilities.change.allowed, label: t('meetings.ui.change'), onAct: () => navigate(`/meetings/${meetingId}/change`) },
    { key: 'cancel', may: abilities.cancel.allowed, label: t('meetings.ui.cancel'), onAct: () => setCancelling(true) },
  ].filter((act) => act.may)
  if (acts.length === 0) return null
  const confirm = async () => {
    if ((await cancel.run({ meetingId, reason })) === null) return
    tellDone(t('meetings.ui.cancelled'))
    setCancelling(false)
  }
  return (
    <>
      <DecisionBar primary={acts[0] ?? null} others={acts.slice(1)}>
        <RefusalNotice error={notify.error ?? start.error ?? end.error ?? begin.error} />
      </DecisionBar>
      <ConfirmSheet open={cancelling} title={t('meetings.ui.cancel')} confirmLabel={t('meetings.ui.cancel')} disabled={reason.trim() === ''} busy={cancel.busy} error={cancel.error} onConfirm={() => void confirm()} onClose={() => setCancelling(false)}>
        <Field label={t('meetings.ui.cancel-reason')} required>{(control) => <Input {...control} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      </ConfirmSheet>
    </>
  )
}
