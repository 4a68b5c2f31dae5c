/** 我发起: what I have sent on its way and where it is now. */
import { workflowContract } from '@xiewen/shared/workflow'
import { Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../platform/kit/index.ts'
import { CaseTable } from './case-table.tsx'

/** The page. */
export function Component() {
  const { t } = useWords()
  const [runningOnly, setRunningOnly] = useState(false)
  const input = useMemo(() => (runningOnly ? { running: 'true' as const } : {}), [runningOnly])
  const pages = usePages(workflowContract.listMine, input, { refreshOn: ['workflow'] })
  return (
    <Page
      title={t('workflow.ui.mine')}
      flush
      actions={
        <Checkbox checked={runningOnly} onChange={(event) => setRunningOnly(event.target.checked)}>
          {t('workflow.ui.running-only')}
        </Checkbox>
      }
    >
      <Answer of={pages.first}>
        {() => (
          <CaseTable
            caption={t('workflow.ui.mine')}
            rows={pages.rows}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t('workflow.ui.mine.empty')} hint={t('workflow.ui.mine.empty-hint')} />}
          />
        )}
      </Answer>
    </Page>
  )
}
