import { type ApplicationView, mostTogether, sealsContract } from '@xiewen/shared/seals'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, ConfirmSheet, EmptyState, Lamp, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { Link, type SessionView, useSession } from '../../platform/rooms/index.ts'
import { SealDesk } from './seal-desk.tsx'
import './seals.css'

type Outcome = Awaited<ReturnType<ReturnType<typeof useCommand<typeof sealsContract.impressTogether>>['run']>>

const asked = { state: 'permitted', limit: 200 } as const
const atRest = { x: 0, y: 0 } as const

/** Permits that wait for this very person: as keeper, or as the colleague the seal is lent to. */
function mineOf(rows: readonly ApplicationView[], { posts }: Pick<SessionView, 'posts'>, now: number): readonly ApplicationView[] {
  return rows.filter(({ seal }) => posts.some((post) => post.id === seal.keeperPostId || (seal.lending !== null && post.id === seal.lending.postId && seal.lending.from <= now)))
}

/** 批量用印: every page that is to be sealed in one strip, looked at one after another, then impressed in one act. */
export function Component() {
  const { t } = useWords()
  const session = useSession()
  const answer = useQuery(sealsContract.applications, asked, { refreshOn: ['seals'] })
  const [outcome, setOutcome] = useState<{ readonly rows: readonly ApplicationView[]; readonly results: NonNullable<Outcome>['results'] } | null>(null)
  return (
    <Page title={t('seals.ui.together')} note={t('seals.ui.together.note')} crumbs={[{ label: t('seals.ui.tab.applications'), to: '/seals/applications' }]}>
      {outcome === null ? null : <Results {...outcome} />}
      <Answer of={answer}>
        {(data) => {
          const rows = mineOf(data.rows, session, Date.now()).slice(0, mostTogether)
          return rows.length === 0 ? <EmptyState title={t('seals.ui.together.none')} /> : <Strip rows={rows} onDone={(results) => setOutcome({ rows, results })} />
        }}
      </Answer>
    </Page>
  )
}

function Strip({ rows, onDone }: { readonly rows: readonly ApplicationView[]; readonly onDone: (results: NonNullable<Outcome>['results']) => void }) {
  const { t } = useWords()
  const impress = useCommand(sealsContract.impressTogether)
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const chosen = rows.filter((row) => looked.has(row.id))
  const toggle = (id: string, isChosen: boolean) => setLooked(new Set(isChosen ? [...looked, id] : [...looked].filter((each) => each !== id)))
  const confirm = async () => {
    const done = await impress.run({ orders: chosen.map((row) => ({ applicationId: row.id })) })
    if (done === null) return
    setAsking(false)
    setLooked(new Set())
    onDone(done.results)
    refreshTopics(['seals'])
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
      <RefusalNotice error={asking ? null : impress.error} />
      <div className="row review-foot">
        <Button type="primary" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
          {t('seals.ui.together.impress', { count: chosen.length })}
        </Button>
      </div>
      <ConfirmSheet
        open={asking} title={t('seals.ui.together.ask', { count: chosen.length })} confirmLabel={t('seals.ui.together.impress', { count: chosen.length })} busy={impress.busy} error={impress.error}
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

/** What became of each, by name. */
function Results({ rows, results }: { readonly rows: readonly ApplicationView[]; readonly results: NonNullable<Outcome>['results'] }) {
  const { t } = useWords()
  return (
    <section aria-label={t('seals.ui.together.results')}>
      <h2>{t('seals.ui.together.results-n', { done: results.filter((each) => each.refusal === null).length, count: results.length })}</h2>
      <ul className="plain together-results" role="status">
        {results.map(({ applicationId, refusal, verdict }) => (
          <li key={applicationId} className="row">
            <Lamp tone={refusal === null ? 'green' : 'red'} label={refusal === null ? t('seals.ui.together.done', { verdict: t(`seals.verdict.${verdict ?? 'VALID'}`) }) : t(refusal.code, refusal.params)} />
            <Link to={`/seals/applications/${applicationId}`}>{rows.find((row) => row.id === applicationId)?.title ?? applicationId}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
