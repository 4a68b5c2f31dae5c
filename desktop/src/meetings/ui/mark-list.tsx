import { isEnded, type AssignmentState, assignmentStates } from '@xiewen/shared/supervision'
import type { Mark } from '@xiewen/shared/meetings'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState, Lamp, type Tone } from '../../platform/kit/index.ts'
import { Link } from '../../platform/rooms/index.ts'

function toneOf(state: AssignmentState): Tone {
  if (isEnded(state)) return state === 'closed' ? 'green' : 'grey'
  return state === 'proposed' || state === 'returned' || state === 'suspended' ? 'yellow' : 'blue'
}

/** What has become of a marked sentence, with the way to its assignment. */
export function MarkState({ mark }: { readonly mark: Mark }) {
  const { t, format } = useWords()
  const state = assignmentStates.find((each) => each === mark.assignmentState)
  return (
    <span className="row small">
      {state === undefined ? <Lamp tone="grey" label={t('meetings.ui.task.waiting')} /> : <Lamp tone={toneOf(state)} label={t(`supervision.state.${state}`)} />}
      {mark.leadUnitName === '' ? null : <span>{t('meetings.ui.task.lead', { unit: mark.leadUnitName })}</span>}
      {mark.dueOn === null ? null : <span>{t('meetings.ui.task.due', { date: format.civilDate(mark.dueOn) })}</span>}
      {mark.assignmentId === null ? null : <Link to={`/supervision/${mark.assignmentId}`}>{t('meetings.ui.task.open')}</Link>}
    </span>
  )
}

/** Every sentence of the minutes that has become a task. */
export function MarkList({ marks }: { readonly marks: readonly Mark[] }) {
  const { t } = useWords()
  if (marks.length === 0) return <EmptyState title={t('meetings.ui.task.none')} hint={t('meetings.ui.task.none-hint')} />
  return (
    <ul className="mark-list">
      {marks.map((mark) => (
        <li key={mark.id} className="task-sentence marked">
          <q>{mark.quote}</q>
          <MarkState mark={mark} />
        </li>
      ))}
    </ul>
  )
}
