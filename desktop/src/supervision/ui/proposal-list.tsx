import { addWorkDays, type CivilDate } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import { type FeedbackPeriod, feedbackPeriods, formatAssignmentNumber, type Proposal, supervisionContract } from '@xiewen/shared/supervision'
import { Checkbox, InputNumber, Select } from 'antd'
import { memo, useCallback, useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { DateField, DecisionBar, RefusalNotice, Tag, tellDone } from '../../platform/kit/index.ts'
import { Link, navigate } from '../../platform/rooms/index.ts'
import { type Choice, choicesOf, isReady, itemsOf, readyChoices, toggleAll } from './proposal-model.ts'
import { UnitSelect, UnitsSelect } from './unit-select.tsx'
import { useWorkCalendar, useWorkDaysLabel } from './use-work-calendar.ts'
import { today } from './words.ts'

/** All proposals of a document, what is set for all of them, and 一键交办. */
export function ProposalList({ documentId, proposals }: { readonly documentId: DocumentId; readonly proposals: readonly Proposal[] }) {
  const { t, format } = useWords()
  const calendar = useWorkCalendar()
  const assign = useCommand(supervisionContract.assign)
  const [choices, setChoices] = useState(() => choicesOf(proposals))
  const [days, setDays] = useState(60)
  const [feedback, setFeedback] = useState<FeedbackPeriod>('monthly')
  const dueOn = addWorkDays(calendar, today(), days)
  const ready = readyChoices(choices)
  const change = useCallback((block: number, next: Partial<Choice>) => setChoices((all) => all.map((each) => (each.proposal.block === block ? { ...each, ...next } : each))), [])
  const send = async () => {
    const done = await assign.run({ items: [...itemsOf(choices, documentId, { dueOn, feedback })] })
    if (done === null) return
    refreshQueries(supervisionContract.ledger)
    tellDone(t('supervision.ui.done.assign', { count: done.assigned.length }))
    navigate(`/supervision?source=${documentId}`)
  }
  const selectable = choices.filter(isReady)
  return (
    <>
      <div className="proposal-tools">
        <Checkbox checked={selectable.length > 0 && ready.length === selectable.length} indeterminate={ready.length > 0 && ready.length < selectable.length} onChange={() => setChoices(toggleAll)}>
          {t('supervision.ui.proposals.all')}
        </Checkbox>
        <label className="row">
          {t('supervision.ui.proposals.days')}
          <InputNumber min={1} max={500} value={days} onChange={(value) => setDays(value ?? 1)} />
          <span className="soft">{format.civilDate(dueOn)}</span>
        </label>
        <label className="row">
          {t('supervision.ui.field.feedback')}
          <Select value={feedback} onChange={setFeedback} options={feedbackPeriods.map((period) => ({ value: period, label: t(`supervision.feedback.${period}`) }))} />
        </label>
      </div>
      <ul className="proposals">
        {choices.map((choice) => (
          <ProposalRow key={choice.proposal.block} choice={choice} commonDue={dueOn} onChange={change} />
        ))}
      </ul>
      <DecisionBar
        primary={{
          key: 'assign',
          label: t('supervision.ui.proposals.assign', { count: ready.length }),
          onAct: () => void send(),
          busy: assign.busy,
          offBecause: ready.length === 0 ? t('supervision.ui.proposals.choose') : null,
        }}
        hint={t('supervision.ui.proposals.hint', { units: new Set(ready.map((choice) => choice.lead)).size })}
      >
        <RefusalNotice error={assign.error} />
      </DecisionBar>
    </>
  )
}

interface RowProps {
  readonly choice: Choice
  readonly commonDue: CivilDate
  readonly onChange: (block: number, next: Partial<Choice>) => void
}

const ProposalRow = memo(function ProposalRow({ choice, commonDue, onChange }: RowProps) {
  const { t } = useWords()
  const workDaysLabel = useWorkDaysLabel()
  const { proposal } = choice
  const change = (next: Partial<Choice>) => onChange(proposal.block, next)
  const unknown = proposal.units.filter((unit) => unit.units.length === 0).map((unit) => unit.name)
  const due = choice.dueOn ?? commonDue
  return (
    <li className={choice.isChosen ? 'chosen' : undefined}>
      <Checkbox checked={choice.isChosen && isReady(choice)} disabled={!isReady(choice)} onChange={(event) => change({ isChosen: event.target.checked })} aria-label={proposal.title} />
      <div className="proposal-text">
        <p>
          <span className="soft">{proposal.label}</span> <span className="strong">{proposal.title}</span>
        </p>
        {proposal.task === '' ? null : <p className="clamp3 soft">{proposal.task}</p>}
        {unknown.length === 0 ? null : (
          <p className="row small">
            <Tag tone="yellow">{t('supervision.ui.proposals.unknown')}</Tag>
            <span>{unknown.join(t('ui.list-comma'))}</span>
          </p>
        )}
      </div>
      {proposal.existing === null ? (
        <div className="proposal-order">
          <UnitSelect label={t('supervision.role.lead')} value={choice.lead} missing={choice.lead === null} onChange={(lead) => change({ lead, isChosen: lead !== null })} />
          <UnitsSelect label={t('supervision.role.support')} value={choice.supports} onChange={(supports) => change({ supports })} />
          <span className="row">
            <DateField aria-label={t('supervision.ui.column.due')} value={due} onChange={(dueOn) => change({ dueOn })} from={today()} />
            <span className="soft small">{workDaysLabel(due)}</span>
          </span>
        </div>
      ) : (
        <div className="proposal-order">
          <Link to={`/supervision/${proposal.existing.id}`}>{proposal.existing.number === null ? t('supervision.ui.no-number') : formatAssignmentNumber(proposal.existing.number)}</Link>
          <span className="soft">{t(`supervision.state.${proposal.existing.state}`)}</span>
        </div>
      )}
    </li>
  )
})
