import { type ApplicationView, mostTogether, sealsContract } from '@xiewen/shared/seals'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, ConfirmSheet, EmptyState, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { Link, type SessionView, useSession } from '../../platform/rooms/index.ts'
import { BatchResults } from './batch/batch-results.tsx'
import { type BatchRun, useBatchRun } from './batch/use-batch-run.ts'
import { SealDesk } from './seal-desk.tsx'
import './seals.css'

const asked = { state: 'permitted', limit: 200 } as const
const atRest = { x: 0, y: 0 } as const

/** Permits that wait for this very person: as keeper, or as the colleague the seal is lent to. */
function mineOf(rows: readonly ApplicationView[], { posts }: Pick<SessionView, 'posts'>, now: number): readonly ApplicationView[] {
  return rows.filter(({ seal }) => posts.some((post) => post.id === seal.keeperPostId || (seal.lending !== null && post.id === seal.lending.postId && seal.lending.from <= now)))
}

/** 批量用印: every page that is to be sealed in one strip, looked at one after another, then impressed in one act. A batch that was interrupted
 * is shown first, with what it left. */
export function Component() {
  const { t } = useWords()
  const session = useSession()
  const permitted = useQuery(sealsContract.applications, asked, { refreshOn: ['seals'] })
  const open = useQuery(sealsContract.batch, {}, { refreshOn: ['seals'] })
  const work = useBatchRun()
  return (
    <Page title={t('seals.ui.together')} note={t('seals.ui.together.note')} crumbs={[{ label: t('seals.ui.tab.applications'), to: '/seals/applications' }]} actions={<Link to="/seals/together/earlier">{t('seals.ui.together.earlier')}</Link>}>
      <Answer of={open}>
        {({ batch }) => (
          <>
            {batch === null ? null : <BatchResults batch={batch} work={work} />}
            {batch !== null && batch.lines.some((line) => line.state === 'waiting') ? null : (
              <Answer of={permitted}>{(data) => <Waiting rows={mineOf(data.rows, session, Date.now()).slice(0, mostTogether)} work={work} hasResults={batch !== null} />}</Answer>
            )}
          </>
        )}
      </Answer>
    </Page>
  )
}

function Waiting({ rows, work, hasResults }: { readonly rows: readonly ApplicationView[]; readonly work: BatchRun; readonly hasResults: boolean }) {
  const { t } = useWords()
  if (rows.length > 0) return <Strip rows={rows} work={work} />
  return hasResults ? null : <EmptyState title={t('seals.ui.together.none')} />
}

function Strip({ rows, work }: { readonly rows: readonly ApplicationView[]; readonly work: BatchRun }) {
  const { t } = useWords()
  const start = useCommand(sealsContract.startBatch)
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const chosen = rows.filter((row) => looked.has(row.id))
  const toggle = (id: string, isChosen: boolean) => setLooked(new Set(isChosen ? [...looked, id] : [...looked].filter((each) => each !== id)))
  const confirm = async () => {
    const started = await start.run({ orders: chosen.map((row) => ({ applicationId: row.id })) })
    if (started === null) return
    setAsking(false)
    setLooked(new Set())
    await work.run(started.batchId)
  }
  return (
    <>
      <ol className="review-strip">
        {rows.map((row) => (
          <li key={row.id} className={looked.has(row.id) ? 'chosen' : ''}>
            <SealDesk application={row} nudge={atRest} onNudge={null} />
            <p className="strong">
              <Link to={`/seals/applications/${row.id}`}>{row.title}</Link>
            </p>
            <p className="soft small">
              {row.seal.name} · <span className="figures">{row.number}</span> · <code>{row.digest.slice(0, 8)}</code>
            </p>
            <Checkbox checked={looked.has(row.id)} onChange={(event) => toggle(row.id, event.target.checked)}>
              {t('seals.ui.together.looked')}
            </Checkbox>
          </li>
        ))}
      </ol>
      <RefusalNotice error={asking ? null : start.error} />
      <div className="row review-foot">
        <Button type="primary" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
          {t('seals.ui.together.impress', { count: chosen.length })}
        </Button>
      </div>
      <ConfirmSheet
        open={asking} title={t('seals.ui.together.ask', { count: chosen.length })} confirmLabel={t('seals.ui.together.impress', { count: chosen.length })} busy={start.busy} error={start.error}
        onConfirm={() => void confirm()} onClose={() => setAsking(false)}
      >
        <ul>
          {chosen.map((row) => (
            <li key={row.id}>
              {row.title} <span className="figures soft">{row.number}</span>
            </li>
          ))}
        </ul>
        <p className="soft">{t('seals.ui.together.once')}</p>
      </ConfirmSheet>
    </>
  )
}
