import { type BatchLine, type BatchView, sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { refreshTopics, urlOf, useCommand } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { type Column, DataTable, Lamp, Notice, Progress, RefusalNotice, type Tone } from '../../../platform/kit/index.ts'
import { Link } from '../../../platform/rooms/index.ts'
import type { BatchRun } from './use-batch-run.ts'

const tones: Readonly<Record<BatchLine['state'], Tone>> = { done: 'green', refused: 'red', waiting: 'grey' }

/** What became of each file of a batch (批量用印), why, what next, and the ways on: the rest, the refused ones, the table, put away. One that was put away is only
 * looked at and taken as a table. */
export function BatchResults({ batch, work }: { readonly batch: BatchView; readonly work: BatchRun }) {
  const { t } = useWords()
  const count = (state: BatchLine['state']): number => batch.lines.filter((line) => line.state === state).length
  const [done, waiting] = [count('done'), count('waiting')]
  return (
    <section className="batch-results" aria-label={t('seals.ui.together.results')}>
      <h2 role="status">{t('seals.ui.together.results-n', { done, count: batch.lines.length })}</h2>
      {waiting === 0 || work.progress !== null || batch.closedAt !== null ? null : <Notice kind="warning">{t('seals.ui.together.interrupted', { count: waiting })}</Notice>}
      <RefusalNotice error={work.error} />
      {batch.closedAt !== null ? <ClosedActs batch={batch} /> : work.progress === null ? <BatchActs batch={batch} work={work} waiting={waiting} /> : <Running batch={batch} work={work} />}
      <DataTable caption={t('seals.ui.together.results')} columns={columnsOf(t, batch.closedAt !== null)} rows={batch.lines} rowKey={(line) => line.applicationId} empty={null} />
    </section>
  )
}

function ClosedActs({ batch }: { readonly batch: BatchView }) {
  const { t, locale } = useWords()
  return (
    <div className="row batch-acts">
      <Button href={urlOf(sealsContract.batchTable, { batchId: batch.id, locale })}>{t('seals.ui.together.table')}</Button>
    </div>
  )
}

function Running({ batch, work }: { readonly batch: BatchView; readonly work: BatchRun }) {
  const { t } = useWords()
  const tried = (work.progress?.done ?? 0) + (work.progress?.refused ?? 0)
  return (
    <div className="row">
      <Progress label={t('seals.ui.together.running', { tried, count: batch.lines.length })} done={tried} total={batch.lines.length} />
      <Button onClick={work.stop}>{t('seals.ui.together.stop')}</Button>
    </div>
  )
}

function BatchActs({ batch, work, waiting }: { readonly batch: BatchView; readonly work: BatchRun; readonly waiting: number }) {
  const { t, locale } = useWords()
  const retry = useCommand(sealsContract.retryBatch)
  const close = useCommand(sealsContract.closeBatch)
  const batchId = batch.id
  const again = batch.lines.filter((line) => line.mayRetry).length
  const tryAgain = async () => {
    if ((await retry.run({ batchId })) !== null) await work.run(batchId)
  }
  const putAway = async () => {
    if ((await close.run({ batchId })) !== null) refreshTopics(['seals'])
  }
  return (
    <>
      <div className="row batch-acts">
        {waiting === 0 ? null : (
          <Button type="primary" onClick={() => void work.run(batchId)}>
            {t('seals.ui.together.go-on', { count: waiting })}
          </Button>
        )}
        {again === 0 ? null : (
          <Button type={waiting === 0 ? 'primary' : 'default'} loading={retry.busy} onClick={() => void tryAgain()}>
            {t('seals.ui.together.retry', { count: again })}
          </Button>
        )}
        <Button href={urlOf(sealsContract.batchTable, { batchId, locale })}>{t('seals.ui.together.table')}</Button>
        <Button loading={close.busy} onClick={() => void putAway()}>
          {t(waiting === 0 ? 'seals.ui.together.put-away' : 'seals.ui.together.leave')}
        </Button>
      </div>
      <RefusalNotice error={retry.error ?? close.error} />
    </>
  )
}

function columnsOf(t: ReturnType<typeof useWords>['t'], isClosed: boolean): readonly Column<BatchLine>[] {
  return [
    { key: 'state', title: t('seals.batch.column.state'), fit: 'tight', render: (line) => <Lamp tone={tones[line.state]} label={t(`seals.batch.state.${line.state}`)} /> },
    {
      key: 'title', title: t('seals.batch.column.title'), role: 'main',
      render: (line) => (
        <>
          <Link to={`/seals/applications/${line.applicationId}`}>{line.title}</Link> <span className="figures soft">{line.number}</span>
        </>
      ),
    },
    { key: 'seal', title: t('seals.batch.column.seal'), role: 'wide-only', render: (line) => line.sealName },
    { key: 'next', title: t('seals.ui.together.why'), render: (line) => <Told line={line} isClosed={isClosed} /> },
  ]
}

/** Why it is not impressed and what to do about it; of one that is, what verifying it said. */
function Told({ line, isClosed }: { readonly line: BatchLine; readonly isClosed: boolean }) {
  const { t } = useWords()
  if (line.state === 'done') return <span>{t('seals.ui.together.done', { verdict: t(`seals.verdict.${line.verdict ?? 'VALID'}`) })}</span>
  return (
    <span className="batch-told">
      {line.refusal === null ? null : <span>{t(line.refusal.code, line.refusal.params)}</span>}
      {/* Of a batch put away nothing is done any more; what may still be done with a permit says the list of applications. */}
      {isClosed ? null : <span className="soft">{t(`seals.batch.next.${line.next}`)}</span>}
    </span>
  )
}
