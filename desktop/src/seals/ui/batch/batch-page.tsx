import { batchIdSchema, sealsContract } from '@xiewen/shared/seals'
import { useQuery } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Answer, EmptyState, Page } from '../../../platform/kit/index.ts'
import type { PageProps } from '../../../platform/rooms/index.ts'
import '../seals.css'
import { BatchResults } from './batch-results.tsx'
import { useBatchRun } from './use-batch-run.ts'

/** One batch of this person's: what became of each of its files. */
export function Component({ params }: PageProps) {
  const { t } = useWords()
  const parsed = batchIdSchema.safeParse(params['id'])
  return parsed.success ? <OneBatch batchId={parsed.data} /> : <EmptyState title={t('seals.unknown-batch')} />
}

function OneBatch({ batchId }: { readonly batchId: ReturnType<typeof batchIdSchema.parse> }) {
  const { t, format } = useWords()
  const answer = useQuery(sealsContract.batch, { batchId }, { refreshOn: ['seals'] })
  const work = useBatchRun()
  return (
    <Answer of={answer}>
      {({ batch }) =>
        batch === null ? (
          <EmptyState title={t('seals.unknown-batch')} />
        ) : (
          <Page title={t('seals.ui.together.of', { at: format.moment(batch.startedAt) })} crumbs={[{ label: t('seals.ui.together'), to: '/seals/together' }, { label: t('seals.ui.together.earlier'), to: '/seals/together/earlier' }]}>
            <BatchResults batch={batch} work={work} />
          </Page>
        )
      }
    </Answer>
  )
}
