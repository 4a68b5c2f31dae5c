import type { CivilDate } from '@xiewen/shared/base'
import { type AssignmentView, supervisionContract } from '@xiewen/shared/supervision'
import { Input } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, tellDone } from '../../platform/kit/index.ts'
import { useWorkDaysLabel } from './use-work-calendar.ts'
import { today } from './words.ts'

/** Acts that ask for a line or a date before they are done. */
export type ActKind = 'close' | 'approveReport' | 'returnReport' | 'approveExtension' | 'refuseExtension' | 'requestExtension' | 'urge' | 'suspend' | 'resume' | 'cancel'

/** Acts whose words cannot be left out. */
const needsText: readonly ActKind[] = ['returnReport', 'refuseExtension', 'requestExtension', 'suspend', 'cancel']
const withDate: readonly ActKind[] = ['requestExtension', 'resume']

/** Asks for what an act needs, and does it. */
export function ActSheet({ view, act, onClose }: { readonly view: AssignmentView; readonly act: ActKind; readonly onClose: () => void }) {
  const { t } = useWords()
  const workDaysLabel = useWorkDaysLabel()
  const [text, setText] = useState('')
  const [date, setDate] = useState<CivilDate | null>(null)
  const commands = useActs(view)
  const { busy, error, run } = commands
  const textNeeded = needsText.includes(act)
  const confirm = async () => {
    if (!(await run(act, text.trim(), date))) return
    refreshQueries(supervisionContract.view)
    tellDone(t('supervision.ui.done'))
    onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t(`supervision.ui.act.${act}`)}
      confirmLabel={t(`supervision.ui.act.${act}`)}
      danger={act === 'cancel'}
      busy={busy}
      disabled={(textNeeded && text.trim() === '') || (act === 'requestExtension' && date === null)}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p className="soft">{t(`supervision.ui.ask.${act}`)}</p>
      {withDate.includes(act) ? (
        <Field label={t('supervision.ui.field.new-due')} required={act === 'requestExtension'} {...(date === null ? {} : { hint: workDaysLabel(date) })}>
          {(control) => <DateField {...control} value={date} onChange={setDate} from={view.assignment.dueOn !== null && act === 'requestExtension' ? view.assignment.dueOn : today()} />}
        </Field>
      ) : null}
      {act === 'resume' ? null : (
        <Field label={t(textNeeded ? 'supervision.ui.field.reason' : 'supervision.ui.field.opinion')} required={textNeeded}>
          {(control) => <Input.TextArea {...control} rows={3} maxLength={act === 'urge' ? 200 : 2000} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      )}
    </ConfirmSheet>
  )
}

/** All commands of the sheet behind one `run`, which answers whether the act was done. */
function useActs(view: AssignmentView) {
  const { id: assignmentId, reports } = view.assignment
  const review = useCommand(supervisionContract.review)
  const close = useCommand(supervisionContract.close)
  const decideExtension = useCommand(supervisionContract.decideExtension)
  const requestExtension = useCommand(supervisionContract.requestExtension)
  const urge = useCommand(supervisionContract.urge)
  const suspend = useCommand(supervisionContract.suspend)
  const resume = useCommand(supervisionContract.resume)
  const cancel = useCommand(supervisionContract.cancel)
  const all = [review, close, decideExtension, requestExtension, urge, suspend, resume, cancel]
  const serial = reports.find((report) => report.review === null)?.serial ?? 0
  const done = async (act: ActKind, text: string, date: CivilDate | null) => {
    switch (act) {
      case 'close':
        return close.run({ assignmentId, opinion: text })
      case 'approveReport':
        return review.run({ assignmentId, serial, outcome: 'accepted', reason: text })
      case 'returnReport':
        return review.run({ assignmentId, serial, outcome: 'returned', reason: text })
      case 'approveExtension':
        return decideExtension.run({ assignmentId, approved: true, opinion: text })
      case 'refuseExtension':
        return decideExtension.run({ assignmentId, approved: false, opinion: text })
      case 'requestExtension':
        return date === null ? null : requestExtension.run({ assignmentId, dueOn: date, reason: text })
      case 'urge':
        return urge.run({ assignmentId, note: text })
      case 'suspend':
        return suspend.run({ assignmentId, reason: text })
      case 'resume':
        return resume.run(date === null ? { assignmentId } : { assignmentId, dueOn: date })
      case 'cancel':
        return cancel.run({ assignmentId, reason: text })
    }
  }
  return {
    busy: all.some((command) => command.busy),
    error: all.find((command) => command.error !== null)?.error ?? null,
    run: async (act: ActKind, text: string, date: CivilDate | null) => (await done(act, text, date)) !== null,
  }
}
