import { type ArrangementFault, arrangementFaults, daysOff, type Holiday, readHolidayNotice, type YearArrangement } from '@xiewen/shared/base'
import { calendarContract } from '@xiewen/shared/directory'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, tellDone } from '../../platform/kit/index.ts'

/** Enters a year's arrangement by pasting its notice: what was read is shown before it is put in force. */
export function CalendarNoticeSheet({ year, onClose, onDone }: { readonly year: number; readonly onClose: () => void; readonly onDone: (year: number) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const set = useCommand(calendarContract.setYear)
  const read = useMemo(() => (text.trim() === '' ? null : readHolidayNotice(text, year)), [text, year])
  const faults = read === null ? [] : arrangementFaults(read.arrangement)
  const ready = read !== null && read.arrangement.holidays.length > 0 && faults.length === 0
  const confirm = async () => {
    if (read === null || (await set.run({ arrangement: { ...read.arrangement, holidays: [...read.arrangement.holidays], makeUpDays: [...read.arrangement.makeUpDays] } })) === null) return
    refreshQueries(calendarContract.show)
    tellDone(t('directory.ui.calendar.done', { year: read.arrangement.year }))
    onDone(read.arrangement.year)
  }
  return (
    <ConfirmSheet
      open
      title={t('directory.ui.calendar.enter')}
      confirmLabel={ready ? t('directory.ui.calendar.confirm-year', { year: read.arrangement.year }) : t('directory.ui.calendar.confirm')}
      busy={set.busy}
      disabled={!ready}
      error={set.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Field label={t('directory.ui.calendar.notice')} hint={t('directory.ui.calendar.notice-hint')}>
        {(control) => <Input.TextArea {...control} rows={7} maxLength={20_000} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {text.trim() !== '' && read === null ? <Notice kind="warning">{t('directory.ui.calendar.not-a-notice')}</Notice> : null}
      {read === null ? null : <Reading arrangement={read.arrangement} unread={read.unread} faults={faults} />}
    </ConfirmSheet>
  )
}

interface ReadingProps {
  readonly arrangement: YearArrangement
  readonly unread: readonly string[]
  readonly faults: ReturnType<typeof arrangementFaults>
}

function Reading({ arrangement, unread, faults }: ReadingProps) {
  const { t, format } = useWords()
  const days = (holiday: Holiday): string => (holiday.from === holiday.to ? format.civilDate(holiday.from) : t('directory.ui.calendar.run', { from: format.civilDate(holiday.from), to: format.civilDate(holiday.to) }))
  // A gap in the notice usually misses several days; the first says enough.
  const told = faults.filter((fault, index) => faults.findIndex((each) => each.code === fault.code) === index)
  return (
    <section aria-label={t('directory.ui.calendar.read')} aria-live="polite">
      <h3>{t('directory.ui.calendar.read-year', { year: arrangement.year, count: daysOff(arrangement).size })}</h3>
      <ul className="lines tight-lines">
        {arrangement.holidays.map((holiday) => (
          <li key={`${holiday.name}${holiday.from}`} className="row">
            <span className="strong">{holiday.name}</span>
            <span>{days(holiday)}</span>
          </li>
        ))}
        <li className="row">
          <span className="strong">{t('directory.ui.calendar.kind.make-up')}</span>
          <span>{arrangement.makeUpDays.length === 0 ? t('directory.ui.calendar.none') : arrangement.makeUpDays.map((date) => format.civilDate(date)).join(t('ui.list-comma'))}</span>
        </li>
      </ul>
      {told.map((fault) => (
        <Notice key={fault.code} kind="warning">
          {t(faultKey(fault.code), { date: format.civilDate(fault.date) })}
        </Notice>
      ))}
      {unread.map((line) => (
        <Notice key={line} kind="warning">
          {t('directory.ui.calendar.unread', { line })}
        </Notice>
      ))}
    </section>
  )
}

function faultKey(code: ArrangementFault): `directory.calendar-${ArrangementFault}` {
  return `directory.calendar-${code}`
}
