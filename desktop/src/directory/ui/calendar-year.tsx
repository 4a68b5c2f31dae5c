import type { YearArrangement } from '@xiewen/shared/base'
import { useMemo } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { monthsOf, type ShownDay, type ShownMonth } from './calendar-model.ts'

/** A year at a glance: days off, make-up working days, weekends. `arrangement` null shows the days off of the law. */
export function CalendarYear({ year, arrangement }: { readonly year: number; readonly arrangement: YearArrangement | null }) {
  const { t } = useWords()
  const months = useMemo(() => monthsOf(year, arrangement), [year, arrangement])
  return (
    <>
      <ul className="calendar-legend row small">
        {(['holiday', 'make-up', 'weekend'] as const).map((kind) => (
          <li key={kind} className="row">
            <span className={`calendar-day ${kind}`} aria-hidden>
              {kind === 'weekend' ? null : t(`directory.ui.calendar.sign.${kind}`)}
            </span>
            {t(`directory.ui.calendar.kind.${kind}`)}
          </li>
        ))}
      </ul>
      <div className="calendar-year">
        {months.map((month) => (
          <Month key={month.month} year={year} month={month} />
        ))}
      </div>
    </>
  )
}

function Month({ year, month: { month, weeks } }: { readonly year: number; readonly month: ShownMonth }) {
  const { t } = useWords()
  return (
    <table className="calendar-month">
      <caption>{t('directory.ui.calendar.month', { year, month })}</caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 0].map((day) => (
            <th key={day} scope="col">
              {t(`directory.ui.calendar.weekday.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== null)?.date}>
            {week.map((day, place) => (
              <td key={day?.date ?? `empty-${place}`}>{day === null ? null : <Day day={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Day({ day }: { readonly day: ShownDay }) {
  const { t, format } = useWords()
  const number = Number(day.date.slice(8))
  if (day.kind === 'work') return <span className="calendar-day">{number}</span>
  const what = day.name === '' ? t(`directory.ui.calendar.kind.${day.kind}`) : day.name
  return (
    <span className={`calendar-day ${day.kind}`} title={`${format.civilDate(day.date)} ${what}`}>
      {number}
      {day.kind === 'weekend' ? null : <small>{t(`directory.ui.calendar.sign.${day.kind}`)}</small>}
    </span>
  )
}
