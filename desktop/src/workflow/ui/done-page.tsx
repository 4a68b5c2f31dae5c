/** 我办过的: cases I have acted in, last act first. */
import { workflowContract } from '@xiewen/shared/workflow'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../platform/kit/index.ts'
import { CaseTable } from './case-table.tsx'

const everything = {}

/** The page. */
export function Component() {
  const { t } = useWords()
  const pages = usePages(workflowContract.done, everything, { refreshOn: ['workflow'] })
  return (
    <Page title={t('workflow.ui.done')} flush>
      <Answer of={pages.first}>
        {() => (
          <CaseTable
            caption={t('workflow.ui.done')}
            rows={pages.rows}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t('workflow.ui.done.empty')} />}
          />
        )}
      </Answer>
    </Page>
  )
}
