/** 意见: everything everybody said, in one stream, nothing lost. */
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Stream } from '../../platform/kit/index.ts'
import { FormerCases } from './former-cases.tsx'
import { opinionItems } from './opinion-items.tsx'
import { useCase } from './use-case.ts'
import './workflow.css'

/** The panel. */
export function Component({ documentId, taskId }: DocumentSlotProps) {
  const speech = useWords()
  const { t } = speech
  const answer = useCase(documentId, taskId)
  return (
    <Answer of={answer}>
      {({ case: seen }) =>
        seen === null ? (
          <EmptyState title={t('workflow.ui.no-case')} />
        ) : (
          <>
            <Stream label={t('workflow.ui.opinions')} items={opinionItems(seen.opinions, speech)} empty={t('workflow.ui.no-opinions')} />
            <FormerCases cases={seen.former} of="opinions" />
          </>
        )
      }
    </Answer>
  )
}
