import { addWorkDays, type CivilDate } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import { type AssignmentView, type FeedbackPeriod, feedbackPeriods, supervisionContract } from '@xiewen/shared/supervision'
import { Select } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, tellDone } from '../../platform/kit/index.ts'
import { UnitSelect, UnitsSelect } from './unit-select.tsx'
import { useWorkCalendar, useWorkDaysLabel } from './use-work-calendar.ts'
import { today } from './words.ts'

/** 交办 of one proposal: units, due date, how often to report. */
export function AssignSheet({ view, onClose }: { readonly view: AssignmentView; readonly onClose: () => void }) {
  const { t } = useWords()
  const calendar = useWorkCalendar()
  const workDaysLabel = useWorkDaysLabel()
  const assign = useCommand(supervisionContract.assign)
  const [lead, setLead] = useState<UnitId | null>(null)
  const [supports, setSupports] = useState<readonly UnitId[]>([])
  const [chosen, setChosen] = useState<CivilDate | null | undefined>(undefined)
  const dueOn = chosen === undefined ? addWorkDays(calendar, today(), 30) : chosen
  const [feedback, setFeedback] = useState<FeedbackPeriod>('monthly')
  const send = async () => {
    if (lead === null || dueOn === null) return
    const supportUnitIds = supports.filter((unit) => unit !== lead)
    if ((await assign.run({ items: [{ kind: 'existing', assignmentId: view.assignment.id, leadUnitId: lead, supportUnitIds, dueOn, feedback }] })) === null) return
    refreshQueries(supervisionContract.view)
    tellDone(t('supervision.ui.done.assign', { count: 1 }))
    onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('supervision.ui.act.assign')}
      confirmLabel={t('supervision.ui.act.assign')}
      busy={assign.busy}
      disabled={lead === null || dueOn === null}
      error={assign.error}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <Field label={t('supervision.role.lead')} required>
        {(control) => <UnitSelect {...control} label={t('supervision.role.lead')} value={lead} onChange={setLead} />}
      </Field>
      <Field label={t('supervision.role.support')}>
        {(control) => <UnitsSelect {...control} label={t('supervision.role.support')} value={supports} onChange={setSupports} />}
      </Field>
      <Field label={t('supervision.ui.column.due')} required {...(dueOn === null ? {} : { hint: workDaysLabel(dueOn) })}>
        {(control) => <DateField {...control} value={dueOn} onChange={setChosen} from={today()} />}
      </Field>
      <Field label={t('supervision.ui.field.feedback')}>
        {(control) => <Select {...control} value={feedback} onChange={setFeedback} options={feedbackPeriods.map((period) => ({ value: period, label: t(`supervision.feedback.${period}`) }))} />}
      </Field>
    </ConfirmSheet>
  )
}
