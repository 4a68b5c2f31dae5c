import { sealsContract, sealStates, type SealsOverview } from '@xiewen/shared/seals'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, Panel } from '../../platform/kit/index.ts'
import { OutsideEndings } from './outside-endings.tsx'
import { ReconciliationNotice } from './reconciliation-notice.tsx'
import './seals.css'
import { SealsTabs } from './seals-tabs.tsx'
import { toneOfSeal } from './tones.ts'

/** 印章概览: books, states, certificates, use, refused attempts, coverage. */
export function Component() {
  const { t } = useWords()
  const overview = useQuery(sealsContract.overview, {}, { refreshOn: ['seals'] })
  return (
    <Page title={t('seals.room')}>
      <SealsTabs current="overview" />
      <Answer of={overview}>
        {(data) => (
          <div className="seal-overview">
            <div className="whole">
              <ReconciliationNotice reconciliation={data.reconciliation} />
            </div>
            <States byState={data.byState} />
            <Coverage coverage={data.coverage} />
            <Expiring rows={data.expiring} />
            <OutsideEndings rows={data.outside} />
            <Days rows={data.byDay} />
            <Refused rows={data.refused} total={data.refusedTotal} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function States({ byState }: Pick<SealsOverview, 'byState'>) {
  const { t, format } = useWords()
  const present = sealStates.filter((state) => byState[state] !== undefined)
  return (
    <Panel title={t('seals.ui.overview.states')}>
      {present.length === 0 ? (
        <p className="soft">{t('seals.ui.no-seals')}</p>
      ) : (
        <dl className="facts">
          {present.map((state) => (
            <div key={state} className="line">
              <dt>
                <Lamp tone={toneOfSeal(state)} label={t(`seals.state.${state}`)} />
              </dt>
              <dd className="figures strong">{format.count(byState[state] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

function Coverage({ coverage }: Pick<SealsOverview, 'coverage'>) {
  const { t, format } = useWords()
  const { organs, covered, without } = coverage
  const percent = organs === 0 ? 0 : Math.floor((covered / organs) * 100)
  return (
    <Panel title={t('seals.ui.overview.coverage')}>
      <p className="coverage">
        <span className="large figures">{percent}%</span> <span>{t('seals.ui.overview.covered', { covered: format.count(covered), organs: format.count(organs) })}</span>
      </p>
      <progress aria-label={t('seals.ui.overview.coverage')} value={covered} max={Math.max(1, organs)} />
      {without.length === 0 ? null : (
        <details>
          <summary>{t('seals.ui.overview.without', { count: organs - covered })}</summary>
          <p>{without.join('、')}</p>
        </details>
      )}
    </Panel>
  )
}

function Expiring({ rows }: { readonly rows: SealsOverview['expiring'] }) {
  const { t, format } = useWords()
  return (
    <Panel title={t('seals.ui.overview.expiring')}>
      {rows.length === 0 ? (
        <p className="soft">{t('seals.ui.overview.no-expiring')}</p>
      ) : (
        <ul className="plain">
          {rows.map((row) => (
            <li key={row.sealId} className="row">
              <span className="strong">{row.name}</span> <span className="soft">{row.custodianName}</span> <span className="figures">{format.date(row.validUntil)}</span>
              {row.isRenewing ? <span className="soft">{t('seals.ui.overview.renewing')}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Thirty bars; the numbers stand in a table for whoever cannot see them. */
function Days({ rows }: { readonly rows: SealsOverview['byDay'] }) {
  const { t, format } = useWords()
  const most = Math.max(1, ...rows.map((row) => row.impressions))
  const total = rows.reduce((sum, row) => sum + row.impressions, 0)
  return (
    <Panel title={t('seals.ui.overview.days')}>
      <p className="soft">{t('seals.ui.overview.total', { count: format.count(total), most: format.count(total === 0 ? 0 : most) })}</p>
      <div className="bars" aria-hidden="true">
        {rows.map((row) => (
          <i key={row.day} style={{ height: `${(row.impressions / most) * 100}%` }} title={t('seals.ui.overview.day', { day: format.civilDate(row.day), count: row.impressions })} />
        ))}
      </div>
      <p className="row bars-ends soft small figures" aria-hidden="true">
        {[rows[0], rows.at(-1)].map((row, at) => (
          <span key={at}>{row === undefined ? '' : format.civilDate(row.day)}</span>
        ))}
      </p>
      <table className="unseen">
        <caption>{t('seals.ui.overview.days')}</caption>
        <tbody>
          {rows.filter((row) => row.impressions > 0).map((row) => (
            <tr key={row.day}>
              <th scope="row">{format.civilDate(row.day)}</th>
              <td>{row.impressions}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Refused({ rows, total }: { readonly rows: SealsOverview['refused']; readonly total: number }) {
  const { t, format } = useWords()
  const columns: readonly Column<SealsOverview['refused'][number] & { readonly key: string }>[] = [
    { key: 'at', title: t('seals.ui.column.at'), fit: 'tight', render: (row) => format.moment(row.at) },
    { key: 'person', title: t('seals.ui.overview.person'), fit: 'tight', render: (row) => row.personName || '—' },
    { key: 'act', title: t('seals.ui.overview.act'), fit: 'tight', render: (row) => t(`seals.attempt.${row.act.replace('seals.', '')}`) },
    { key: 'reason', title: t('seals.ui.overview.why'), role: 'main', fit: 'clip', render: (row) => t(row.code, row.params).replaceAll(/\{\w+[^}]*\}/g, '…') },
  ]
  return (
    <section className="whole" aria-label={t('seals.ui.overview.refused')}>
      <h2>{t('seals.ui.overview.refused-n', { count: format.count(total) })}</h2>
      <DataTable
        caption={t('seals.ui.overview.refused')} columns={columns} rows={rows.map((row, at) => ({ ...row, key: String(at) }))} rowKey={(row) => row.key}
        empty={<EmptyState title={t('seals.ui.overview.no-refused')} />}
      />
    </section>
  )
}
