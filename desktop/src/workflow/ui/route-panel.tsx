/** 流程: where the document is, who had it when, whom it waits for, and who has read it. */
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Tag } from '../../platform/kit/index.ts'
import { FormerCases } from './former-cases.tsx'
import { PlacesStrip } from './places-strip.tsx'
import { ReadersList } from './readers-list.tsx'
import { TaskHistory } from './task-history.tsx'
import { useCase } from './use-case.ts'
import './workflow.css'

/** The panel. */
export function Component(props: DocumentSlotProps) {
  const { t } = useWords()
  const answer = useCase(props.documentId, props.taskId)
  return (
    <Answer of={answer}>
      {({ case: seen }) =>
        seen === null ? (
          <EmptyState title={t('workflow.ui.no-case')} />
        ) : (
          <>
            <div className="row">
              <span className="strong">{t(`workflow.template.${seen.template}`)}</span>
              <Tag tone={seen.status === 'running' ? 'blue' : 'grey'}>{t(`workflow.status.${seen.status}`)}</Tag>
            </div>
            <PlacesStrip places={seen.places} />
            {seen.readings.length === 0 ? null : <ReadersList page={props} seen={seen} />}
            <TaskHistory tasks={seen.tasks} />
            <FormerCases cases={seen.former} of="tasks" />
          </>
        )
      }
    </Answer>
  )
}
