import { civilDateAt, instant, type YearArrangement } from '@xiewen/shared/base'
import { calendarContract } from '@xiewen/shared/directory'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Notice, Page } from '../../platform/kit/index.ts'
import { CalendarNoticeSheet } from './calendar-notice-sheet.tsx'
import { CalendarYear } from './calendar-year.tsx'
import './directory.css'
import './calendar.css'

interface KnownYear {
  readonly arrangement: YearArrangement
  readonly builtIn: boolean
  readonly setAt: number | null
  readonly setBy: string
}

/** 管理 · 工作日历, for the system administrator: the holidays of each year, entered from their notice. */
export function Component() {
  const { t } = useWords()
  const [thisYear] = useState(() => Number(civilDateAt(instant(Date.now())).slice(0, 4)))
  const [year, setYear] = useState(thisYear)
  const [entering, setEntering] = useState(false)
  const answer = useQuery(calendarContract.show, {}, { refreshOn: ['calendar'] })
  return (
    <Page
      title={t('directory.ui.admin.calendar')}
      note={t('directory.ui.admin.calendar-note')}
      actions={
        <Button type="primary" onClick={() => setEntering(true)}>
          {t('directory.ui.calendar.enter')}
        </Button>
      }
    >
      <Answer of={answer}>{({ years }) => <Years years={years} thisYear={thisYear} year={year} onYear={setYear} />}</Answer>
      {entering ? (
        <CalendarNoticeSheet
          year={thisYear + 1}
          onClose={() => setEntering(false)}
          onDone={(entered) => {
            setEntering(false)
            setYear(entered)
          }}
        />
      ) : null}
    </Page>
  )
}

function Years({ years, thisYear, year, onYear }: { readonly years: readonly KnownYear[]; readonly thisYear: number; readonly year: number; readonly onYear: (year: number) => void }) {
  const { t, format } = useWords()
  const choices = [...new Set([...years.map((known) => known.arrangement.year), thisYear, thisYear + 1])].filter((each) => each >= thisYear - 2).sort()
  const known = years.find((each) => each.arrangement.year === year)
  return (
    <>
      <Segmented aria-label={t('directory.ui.calendar.year')} value={year} onChange={onYear} options={choices.map((each) => ({ value: each, label: String(each) }))} />
      {known === undefined ? (
        <Notice kind="warning">{t('directory.ui.calendar.unpublished', { year })}</Notice>
      ) : (
        <p className="soft">
          {known.builtIn || known.setAt === null
            ? t('directory.ui.calendar.built-in', { source: known.arrangement.source })
            : t('directory.ui.calendar.set-by', { source: known.arrangement.source, name: known.setBy, at: format.date(known.setAt) })}
        </p>
      )}
      <CalendarYear year={year} arrangement={known?.arrangement ?? null} />
    </>
  )
}
