import { assignmentStates, type LampColour, lampColours, type Overview, supervisionContract } from '@xiewen/shared/supervision'
import { Select } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, LoadingState, Page, Panel } from '../../platform/kit/index.ts'
import { Link } from '../../platform/rooms/index.ts'
import './supervision.css'
import { today } from './words.ts'

// The chart library is large: it comes after the numbers, which are all in the tables as well.
const Charts = lazy(() => import('./charts.tsx').then((module) => ({ default: module.Charts })))

/** 督办概览: lamps, unit × state, indicators, trend; every number leads to its rows. */
export function Component() {
  const { t } = useWords()
  const current = Number(today().slice(0, 4))
  const [year, setYear] = useState(current)
  const input = useMemo(() => ({ year }), [year])
  const overview = useQuery(supervisionContract.overview, input, { refreshOn: ['assignments'] })
  const years = <Select aria-label={t('supervision.ui.year')} value={year} onChange={setYear} options={[0, 1, 2, 3, 4].map((back) => ({ value: current - back, label: String(current - back) }))} />
  return (
    <Page title={t('supervision.ui.overview')} crumbs={[{ label: t('supervision.ui.ledger'), to: '/supervision' }]} actions={years}>
      <Answer of={overview}>
        {(data) =>
          data.total === 0 ? (
            <EmptyState title={t('supervision.ui.none')} hint={t('supervision.ui.none-hint')} />
          ) : (
            <>
              <LampCounts lamps={data.lamps} total={data.total} />
              <Panel title={t('supervision.ui.indicators')}>
                <IndicatorList indicators={data.indicators} />
              </Panel>
              <Panel title={t('supervision.ui.matrix')}>
                <UnitMatrix data={data} />
              </Panel>
              <Suspense fallback={<LoadingState />}>
                <Charts data={data} />
              </Suspense>
            </>
          )
        }
      </Answer>
    </Page>
  )
}

function LampCounts({ lamps, total }: { readonly lamps: Overview['lamps']; readonly total: number }) {
  const { t, format } = useWords()
  return (
    <ul className="lamp-counts" aria-label={t('supervision.ui.column.lamp')}>
      <li>
        <Link to="/supervision">
          <span className="big figures">{format.count(total)}</span> {t('supervision.ui.total')}
        </Link>
      </li>
      {lampColours.map((lamp: LampColour) => (
        <li key={lamp}>
          <Link to={`/supervision?lamp=${lamp}`} className={lamps[lamp] === 0 ? 'soft zero' : `tone-${lamp}`}>
            <span className="big figures">{format.count(lamps[lamp])}</span> {t(`supervision.lamp.${lamp}`)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

const rates = ['signedOnTime', 'reportedOnTime', 'finishedOnTime', 'overdue', 'acceptedAtOnce', 'extended'] as const

function IndicatorList({ indicators }: { readonly indicators: Overview['indicators'] }) {
  const { t } = useWords()
  return (
    <dl className="indicators">
      {rates.map((name) => (
        <div key={name}>
          <dt>{t(`supervision.ui.indicator.${name}`)}</dt>
          <dd>
            <span className="big figures">{percentText(indicators[name].percent)}</span>{' '}
            <span className="soft small figures">{`${indicators[name].count}/${indicators[name].of}`}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('supervision.ui.indicator.days')}</dt>
        <dd className="big figures">{indicators.averageDaysOverdue}</dd>
      </div>
      <div>
        <dt>{t('supervision.ui.indicator.score')}</dt>
        <dd className="big figures">{indicators.score ?? '—'}</dd>
      </div>
    </dl>
  )
}

function percentText(percent: number | null): string {
  return percent === null ? '—' : `${percent}%`
}

function UnitMatrix({ data }: { readonly data: Overview }) {
  const { t } = useWords()
  const states = assignmentStates.filter((state) => data.states[state] > 0)
  return (
    <div className="table-wrap">
      <table className="table matrix">
        <caption className="unseen">{t('supervision.ui.matrix')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('supervision.role.lead')}</th>
            {states.map((state) => (
              <th key={state} scope="col" className="end">
                {t(`supervision.state.${state}`)}
              </th>
            ))}
            <th scope="col" className="end">{t('supervision.lamp.red')}</th>
            <th scope="col" className="end">{t('supervision.ui.total')}</th>
            <th scope="col" className="end">{t('supervision.ui.indicator.score')}</th>
          </tr>
        </thead>
        <tbody>
          {data.units.map((unit) => (
            <tr key={unit.unitId}>
              <th scope="row">{unit.unitName}</th>
              {states.map((state) => (
                <td key={state} className="end figures" data-label={t(`supervision.state.${state}`)}>
                  {unit.states[state] === 0 ? <span className="soft">0</span> : <Link to={`/supervision?unit=${unit.unitId}&state=${state}`}>{unit.states[state]}</Link>}
                </td>
              ))}
              <td className="end figures" data-label={t('supervision.lamp.red')}>{unit.lamps.red === 0 ? <span className="soft">0</span> : <Link to={`/supervision?unit=${unit.unitId}&lamp=red`} className="tone-red">{unit.lamps.red}</Link>}</td>
              <td className="end figures" data-label={t('supervision.ui.total')}>
                <Link to={`/supervision?unit=${unit.unitId}`}>{unit.total}</Link>
              </td>
              <td className="end figures" data-label={t('supervision.ui.indicator.score')}>{unit.indicators.score ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
