import { lampColours, type Overview } from '@xiewen/shared/supervision'
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useMemo, useRef } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { type Display, Panel, useDisplay } from '../../platform/kit/index.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** Lamps per lead unit, and the trend of twelve months. */
export function Charts({ data }: { readonly data: Overview }) {
  const { t } = useWords()
  const display = useDisplay()
  const lamps = useMemo(() => lampOption(data, t, display), [data, t, display])
  const trend = useMemo(() => trendOption(data, t, display), [data, t, display])
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

/** A token in use, so that high contrast and large type apply to charts as well. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

const textSizes: Readonly<Record<Display, number>> = { standard: 12, large: 18, contrast: 15 }

/** How all charts look on a display. The library takes axes and legends for drawings of their own: each is told the text's style. */
function lookOf(display: Display) {
  const text = { color: token('--ink'), fontSize: textSizes[display] }
  const axis = { axisLabel: text, axisLine: { lineStyle: { color: token('--line-strong') } }, splitLine: { lineStyle: { color: token('--line') } } }
  const base = { animation: false, aria: { enabled: true }, textStyle: { ...text, fontFamily: token('--font') }, tooltip: { trigger: 'axis' }, legend: { bottom: 0, textStyle: text } }
  return { base, axis, foot: 24 + text.fontSize }
}

function lampOption(data: Overview, t: Translate, display: Display): EChartsCoreOption {
  const { base, axis, foot } = lookOf(display)
  const colours = { green: token('--green'), yellow: '#e0a21a', red: token('--red'), blue: token('--blue'), grey: token('--line-strong') } as const
  const units = data.units.toReversed()
  return {
    ...base,
    grid: { left: 8, right: 16, top: 8, bottom: foot, containLabel: true },
    xAxis: { ...axis, type: 'value', minInterval: 1 },
    yAxis: { ...axis, type: 'category', data: units.map((unit) => unit.unitName) },
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

function trendOption(data: Overview, t: Translate, display: Display): EChartsCoreOption {
  const { base, axis, foot } = lookOf(display)
  return {
    ...base,
    grid: { left: 8, right: 16, top: 16, bottom: foot, containLabel: true },
    xAxis: { ...axis, type: 'category', data: data.months.map((month) => month.month) },
    yAxis: { ...axis, type: 'value', minInterval: 1 },
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
