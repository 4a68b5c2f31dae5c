import { builtInCalendar, type CivilDate, isPublished, type WorkCalendar, workCalendarOf, workDaysUntil } from '@xiewen/shared/base'
import { calendarContract } from '@xiewen/shared/directory'
import { useMemo } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { today } from './words.ts'

/** The working-day calendar in force at the office; until it has been heard, the one this release knows. */
export function useWorkCalendar(): WorkCalendar {
  const answer = useQuery(calendarContract.show, {}, { refreshOn: ['calendar'] })
  const years = answer.kind === 'ready' ? answer.data.years : null
  return useMemo(() => (years === null ? builtInCalendar : workCalendarOf(years.map((year) => year.arrangement))), [years])
}

/** Puts the working days from today to a date in words, and says so when the year's arrangement is not known yet. */
export function useWorkDaysLabel(): (date: CivilDate) => string {
  const calendar = useWorkCalendar()
  const { t } = useWords()
  return (date) => {
    const count = workDaysUntil(calendar, today(), date)
    return isPublished(calendar, date) ? t('supervision.ui.work-days', { count }) : t('supervision.ui.work-days-provisional', { count, year: date.slice(0, 4) })
  }
}
