/** Beside the inbox: where a document is and what has been said about it. */
import type { PreviewProps } from '../../platform/rooms/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Stream } from '../../platform/kit/index.ts'
import { opinionItems } from './opinion-items.tsx'
import { PlacesStrip } from './places-strip.tsx'
import { useCase } from './use-case.ts'
import './workflow.css'

/** The view. */
export function Component({ entry }: PreviewProps) {
  const speech = useWords()
  const { t } = speech
  const answer = useCase(entry.subjectId, entry.taskId)
  return (
    <Answer of={answer}>
      {({ case: seen }) =>
        seen === null ? (
          <EmptyState title={t('workflow.ui.no-case')} />
        ) : (
          <>
            <Stream label={t('workflow.ui.opinions')} items={opinionItems(seen.opinions, speech)} empty={t('workflow.ui.no-opinions')} />
            <PlacesStrip places={seen.places} />
          </>
        )
      }
    </Answer>
  )
}
