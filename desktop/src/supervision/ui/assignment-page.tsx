import { isCivilDate } from '@xiewen/shared/base'
import { type AssignmentId, type AssignmentView, formatAssignmentNumber, type StreamEntry, supervisionContract } from '@xiewen/shared/supervision'
import { useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, Page, Panel, PersonName, Stream, Tag, UrgencyTag } from '../../platform/kit/index.ts'
import { Link, type PageProps } from '../../platform/rooms/index.ts'
import { AssignmentBar } from './assignment-bar.tsx'
import { ReportList } from './report-list.tsx'
import { AssignmentLamp, StageStrip } from './signs.tsx'
import './supervision.css'
import { useWorkDaysLabel } from './use-work-calendar.ts'
import { reasonLabel } from './words.ts'

/** One assignment: what, where from, who, how far, what happened, and the bar to act. */
export function Component({ params }: PageProps) {
  // Safe because the server checks the id; a wrong one is not found.
  const assignmentId = (params['id'] ?? '') as AssignmentId
  const view = useQuery(supervisionContract.view, { assignmentId }, { refreshOn: [`assignment:${assignmentId}`] })
  return <Answer of={view}>{(data) => <AssignmentPage view={data} />}</Answer>
}

function AssignmentPage({ view }: { readonly view: AssignmentView }) {
  const speech = useWords()
  const { t } = speech
  const { assignment, lamp } = view
  const note = (
    <span className="row">
      <span>{assignment.number === null ? t('supervision.ui.no-number') : formatAssignmentNumber(assignment.number)}</span>
      <StageStrip state={assignment.state} percent={view.percent} />
      <AssignmentLamp lamp={lamp} />
      {lamp.reasons.slice(1).map((reason) => (
        <span key={reason.kind} className="soft small">
          {reasonLabel(reason, speech)}
        </span>
      ))}
      <UrgencyTag urgency={assignment.urgency} />
    </span>
  )
  return (
    <Page title={assignment.title} crumbs={[{ label: t('supervision.ui.ledger'), to: '/supervision' }]} note={note}>
      <div className="assignment">
        <div>
          <SourcePanel view={view} />
          <Panel title={t('supervision.ui.reports')}>
            <ReportList view={view} />
          </Panel>
        </div>
        <div>
          <FactsPanel view={view} />
          <PartsPanel view={view} />
          <HistoryPanel view={view} />
        </div>
      </div>
      <AssignmentBar view={view} />
    </Page>
  )
}

function SourcePanel({ view }: { readonly view: AssignmentView }) {
  const { t } = useWords()
  const { source, task, standard } = view.assignment
  const title = view.source.title || source.label
  const path = source.documentId === null ? null : `/documents/${source.documentId}${source.block === null ? '' : `?block=${source.block}`}`
  return (
    <Panel title={t('supervision.ui.source')}>
      <p className="row">
        <Tag>{t(`supervision.source.${source.kind}`)}</Tag>
        {path !== null && view.source.mayOpen ? <Link to={path}>{title}</Link> : <span>{title}</span>}
        {view.source.number === '' ? null : <span className="soft">{view.source.number}</span>}
        {source.label === title || source.label === '' ? null : <span className="soft">{source.label}</span>}
      </p>
      {source.quote === '' ? null : <blockquote className="quote">{source.quote}</blockquote>}
      {task === '' || source.quote.includes(task) ? null : (
        <>
          <h3>{t('supervision.ui.field.task')}</h3>
          <p className="pre">{task}</p>
        </>
      )}
      {standard === '' ? null : (
        <>
          <h3>{t('supervision.ui.field.standard')}</h3>
          <p className="pre">{standard}</p>
        </>
      )}
    </Panel>
  )
}

function FactsPanel({ view }: { readonly view: AssignmentView }) {
  const { t, format } = useWords()
  const workDaysLabel = useWorkDaysLabel()
  const { assignment } = view
  const pending = assignment.extensions.find((extension) => extension.decision === null)
  return (
    <Panel title={t('supervision.ui.facts')}>
      <dl className="facts">
        <dt>{t('supervision.ui.column.due')}</dt>
        <dd>
          {assignment.dueOn === null ? '—' : format.civilDate(assignment.dueOn)}
          {assignment.dueOn === null || view.lamp.daysLeft === null || view.lamp.daysLeft < 0 ? null : <span className="soft small"> {workDaysLabel(assignment.dueOn)}</span>}
          {pending === undefined ? null : <div className="tone-yellow small">{t('supervision.ui.extension-asked', { date: format.civilDate(pending.to) })}</div>}
        </dd>
        <dt>{t('supervision.ui.field.feedback')}</dt>
        <dd>{t(`supervision.feedback.${assignment.feedback}`)}</dd>
        {view.nextFeedbackOn === null || view.lamp.daysLeft === null ? null : (
          <>
            <dt>{t('supervision.ui.next-report')}</dt>
            <dd>{format.civilDate(view.nextFeedbackOn)}</dd>
          </>
        )}
        <dt>{t('supervision.ui.progress')}</dt>
        <dd>
          <progress className="percent" value={view.percent} max={100} aria-label={t('supervision.ui.progress')} /> <span className="figures">{view.percent}%</span>
          <span className="soft small"> {t('supervision.ui.planned', { percent: view.planned })}</span>
        </dd>
        {assignment.assignedOn === null ? null : (
          <>
            <dt>{t('supervision.ui.assigned-on')}</dt>
            <dd>{format.civilDate(assignment.assignedOn)}</dd>
          </>
        )}
        {view.leaderName === '' ? null : (
          <>
            <dt>{t('supervision.ui.leader')}</dt>
            <dd>{view.leaderName}</dd>
          </>
        )}
        {assignment.remark === '' ? null : (
          <>
            <dt>{t(`supervision.state.${assignment.state}`)}</dt>
            <dd>{assignment.remark}</dd>
          </>
        )}
      </dl>
    </Panel>
  )
}

function PartsPanel({ view }: { readonly view: AssignmentView }) {
  const { t, format } = useWords()
  if (view.assignment.parts.length === 0) return null
  return (
    <Panel title={t('supervision.ui.parts')}>
      <ul className="parts">
        {view.assignment.parts.map((part) => (
          <li key={part.unitId}>
            <Tag tone={part.role === 'lead' ? 'blue' : 'grey'}>{t(`supervision.role.${part.role}`)}</Tag>
            <span>{part.unitName}</span>
            <span className="soft small">
              {part.acceptedAt === null ? t('supervision.ui.not-signed') : t('supervision.ui.signed', { name: part.acceptedBy?.name ?? '', at: format.moment(part.acceptedAt) })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What stands under an entry. Reports are shown in full beside, so their fact is enough here. */
function historyText(entry: StreamEntry, t: Speech['t'], format: Speech['format']): string {
  if (entry.kind === 'reported' || entry.kind === 'completion-claimed') return ''
  const text = entry.text.replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => (isCivilDate(date) ? format.civilDate(date) : date))
  return entry.kind === 'assigned' ? t('supervision.ui.due-by', { date: text }) : text
}

/** Acts of a unit; of the others the unit is the one concerned, not the actor's own. */
const unitActs: ReadonlySet<StreamEntry['kind']> = new Set(['accepted', 'reported', 'completion-claimed', 'extension-requested'])

function HistoryPanel({ view }: { readonly view: AssignmentView }) {
  const { t, format } = useWords()
  const items = view.stream.toReversed().map((entry) => ({
    key: String(entry.seq),
    who:
      entry.by === null ? (
        <span className="soft">{t('supervision.ui.by-calendar')}</span>
      ) : (
        <PersonName name={entry.by.name} {...(entry.unitName === '' || !unitActs.has(entry.kind) ? {} : { unit: entry.unitName })} {...(entry.by.onBehalfOf === null ? {} : { onBehalfOf: entry.by.onBehalfOf })} />
      ),
    act: [t(`supervision.event.${entry.kind}`), unitActs.has(entry.kind) ? '' : entry.unitName].filter((part) => part !== '').join(' · '),
    atMs: entry.at,
    text: historyText(entry, t, format),
  }))
  return (
    <Panel title={t('supervision.ui.history')}>
      <Stream label={t('supervision.ui.history')} items={items} empty={t('supervision.ui.no-history')} />
    </Panel>
  )
}
