import { type CivilDate, isCivilDate } from '@xiewen/shared/base'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { FieldControl } from './field.tsx'

/** Props of `DateField`. */
export interface DateFieldProps extends Partial<FieldControl> {
  readonly value: CivilDate | null
  readonly onChange: (date: CivilDate | null) => void
  /** Days before this one cannot be chosen. */
  readonly from?: CivilDate
}

/** A calendar date, typed or picked. Dates have no time zone. */
export function DateField({ value, onChange, from, ...control }: DateFieldProps) {
  return (
    <DatePicker
      {...control}
      value={value === null ? null : dayjs(value)}
      onChange={(picked) => {
        const text = picked?.format('YYYY-MM-DD') ?? ''
        onChange(isCivilDate(text) ? text : null)
      }}
      {...(from === undefined ? {} : { minDate: dayjs(from) })}
    />
  )
}
