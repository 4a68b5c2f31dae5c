import type { FormerCase } from '@xiewen/shared/workflow'
import { useWords } from '../../platform/i18n/index.ts'
import { Stream, Tag } from '../../platform/kit/index.ts'
import { opinionItems } from './opinion-items.tsx'
import { TaskHistory } from './task-history.tsx'

/** Earlier cases of the document (前次办理), folded: how each ended, and `of` each either what was said or who had it. */
export function FormerCases({ cases, of }: { readonly cases: readonly FormerCase[]; readonly of: 'opinions' | 'tasks' }) {
  const speech = useWords()
  const { t, format } = speech
  return cases.map((each, index) => (
    <details key={each.id} className="wf-former">
      <summary>
        {t('workflow.ui.former', { no: cases.length - index, from: format.date(each.startedAt), until: each.closedAt === null ? '' : format.date(each.closedAt) })}{' '}
        <Tag tone="grey">{t(`workflow.status.${each.status}`)}</Tag>
      </summary>
      {of === 'tasks' ? <TaskHistory tasks={each.tasks} /> : <Stream label={t('workflow.ui.opinions')} items={opinionItems(each.opinions, speech)} empty={t('workflow.ui.no-opinions')} />}
    </details>
  ))
}
