import { lampColours, type Overview } from '@xiewen/shared/supervision'
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useMemo, useRef } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Panel } from '../../platform/kit/index.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** Lamps per lead unit, and the trend of twelve months. */
export function Charts({ data }: { readonly data: Overview }) {
  const { t } = useWords()
  const lamps = useMemo(() => lampOption(data, t), [data, t])
  const trend = useMemo(() => trendOption(data, t), [data, t])
  return (
    <div className="charts">
      <Panel title={t('supervision.ui.chart.lamps')}>
        <Chart label={t('supervision.ui.chart.lamps')} option={lamps} height={80 + data.units.length * 36} />
      </Panel>
      <Panel title={t('supervision.ui.chart.trend')}>
        <Chart label={t('supervision.ui.chart.trend')} option={trend} height={260} />
      </Panel>
    </div>
  )
}

type Translate = ReturnType<typeof useWords>['t']

/** Colours of the tokens in use, so that high contrast applies to charts as well. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function base() {
  return { animation: false, aria: { enabled: true }, textStyle: { fontFamily: token('--font'), color: token('--ink') }, tooltip: { trigger: 'axis' }, legend: { bottom: 0 } }
}

function lampOption(data: Overview, t: Translate): EChartsCoreOption {
  const colours = { green: token('--green'), yellow: '#e0a21a', red: token('--red'), blue: token('--blue'), grey: token('--line-strong') } as const
  const units = data.units.toReversed()
  return {
    ...base(),
    grid: { left: 8, right: 16, top: 8, bottom: 36, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', data: units.map((unit) => unit.unitName) },
    series: lampColours.map((lamp) => ({
      type: 'bar',
      stack: 'lamps',
      barMaxWidth: 20,
      name: t(`supervision.lamp.${lamp}`),
      color: colours[lamp],
      data: units.map((unit) => unit.lamps[lamp]),
    })),
  }
}

function trendOption(data: Overview, t: Translate): EChartsCoreOption {
  return {
    ...base(),
    grid: { left: 8, right: 16, top: 16, bottom: 36, containLabel: true },
    xAxis: { type: 'category', data: data.months.map((month) => month.month) },
    yAxis: { type: 'value', minInterval: 1 },
    series: [
      { type: 'line', name: t('supervision.event.assigned'), color: token('--blue'), data: data.months.map((month) => month.assigned) },
      { type: 'line', name: t('supervision.event.closed'), color: token('--green'), data: data.months.map((month) => month.closed) },
    ],
  }
}

function Chart({ label, option, height }: { readonly label: string; readonly option: EChartsCoreOption; readonly height: number }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const chart = init(element, null, { renderer: 'svg' })
    chart.setOption(option)
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [option])
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />
}
