import type { TaskView } from '@xiewen/shared/workflow'
import { useWords } from '../../platform/i18n/index.ts'
import { PersonName, TimeLeft } from '../../platform/kit/index.ts'

/** Every task the case ever had, newest first: nothing vanishes when steps mix. */
export function TaskHistory({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const { t, format } = useWords()
  return (
    <details className="wf-history">
      <summary>{t('workflow.ui.history')}</summary>
      <ol>
        {tasks.toReversed().map((task) => (
          <li key={task.id}>
            <span className="strong">{t(`workflow.step.${task.step}`)}</span>{' '}
            <PersonName
              name={task.actedBy?.personName || task.holder.personName}
              unit={task.holder.unitName}
              post={task.holder.postTitle}
              {...(task.actedBy?.onBehalfOf == null ? {} : { onBehalfOf: task.actedBy.onBehalfOf })}
            />{' '}
            {task.role === 'main' ? null : <span className="soft small">{t(`workflow.role.${task.role}`)}</span>} <span className="soft small">{t(`workflow.task.${task.state}`)}</span>{' '}
            <span className="soft small figures">
              {format.moment(task.openedAt)}
              {task.doneAt === null ? '' : ` – ${format.moment(task.doneAt)}`}
            </span>{' '}
            {task.state === 'open' ? <TimeLeft dueAt={task.dueAt} /> : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
