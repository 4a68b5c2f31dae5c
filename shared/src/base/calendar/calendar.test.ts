import { describe, expect, it } from 'vitest'
import { civilDate, civilDateOfEpochDay, epochDay } from '../instant.ts'
import { arrangementFaults, workCalendarOf } from './arrangement.ts'
import { readHolidayNotice } from './holiday-notice.ts'
import { builtInArrangements, builtInCalendar } from './public-holidays.ts'
import { statutoryHolidays, statutoryYears } from './statutory-holidays.ts'
import { addWorkDays, isPublished, isWorkDay, workDaysUntil } from './working-days.ts'

const day = civilDate

/** The form of the yearly notice, with the dates of 2026 in it. */
const notice2026 = `国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`

describe('years without a notice', () => {
  it('have the days off of the law, not a plain week', () => {
    expect(isWorkDay(builtInCalendar, day('2027-01-01'))).toBe(false)
    expect(isWorkDay(builtInCalendar, day('2027-10-01'))).toBe(false)
    expect(isPublished(builtInCalendar, day('2027-01-01'))).toBe(false)
    expect(addWorkDays(builtInCalendar, day('2026-12-31'), 1)).toBe('2027-01-04')
  })

  it('have thirteen of them each, fewer only where two fall on one day', () => {
    for (const year of statutoryYears) {
      const days = statutoryHolidays(year)
      expect(days.length).toBe(13)
      expect(new Set(days).size, String(year)).toBeGreaterThanOrEqual(year === 2028 || year === 2031 ? 12 : 13)
    }
  })

  it('take lunar dates that agree with another reckoning, but where the new moon falls within minutes of midnight', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
    const lunarOf = (date: string): string => lunar.format(epochDay(civilDate(date)) * 86_400_000)
    const differing = statutoryYears.filter((year) => !statutoryHolidays(year).some((date) => date < `${year}-03-01` && lunarOf(date) === '1/1' && statutoryHolidays(year).indexOf(date) === 7))
    expect(differing).toEqual([2027, 2030])
    for (const year of statutoryYears) {
      const days = statutoryHolidays(year)
      expect(lunarOf(days[11] ?? ''), `端午 ${year}`).toBe('5/5')
      expect(lunarOf(days[12] ?? ''), `中秋 ${year}`).toBe('8/15')
    }
  })
})

describe('the yearly notice', () => {
  it('is read as published and gives the arrangement built in', () => {
    const read = readHolidayNotice(notice2026, 2000)
    expect(read?.unread).toEqual([])
    expect(read?.arrangement).toEqual(builtInArrangements[1])
  })

  it('may let New Year begin in December, and joins two holidays', () => {
    const read = readHolidayNotice('一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。', 2023)
    expect(read?.arrangement.holidays).toEqual([
      { name: '元旦', from: '2022-12-31', to: '2023-01-02' },
      { name: '中秋节、国庆节', from: '2023-09-29', to: '2023-10-06' },
    ])
    expect(read?.arrangement.makeUpDays).toEqual(['2023-10-07', '2023-10-08'])
  })

  it('names the items it could not read, and knows a text that is no notice', () => {
    expect(readHolidayNotice('一、元旦：放假安排另行通知。', 2027)?.unread).toEqual(['一、元旦：放假安排另行通知。'])
    expect(readHolidayNotice('关于召开全市工作会议的通知', 2027)).toBeNull()
    expect(readHolidayNotice(`一、元旦：${'1月1日（'.repeat(5000)}`, 2027)?.arrangement.makeUpDays).toEqual([])
  })
})

describe('an arrangement', () => {
  it('is in order when it holds every day off of the law', () => {
    for (const arrangement of builtInArrangements) expect(arrangementFaults(arrangement)).toEqual([])
  })

  it.each<[code: string, change: Partial<(typeof builtInArrangements)[number]>]>([
    ['statutory-missing', { holidays: builtInArrangements[1]?.holidays.slice(1) ?? [] }],
    ['both-ways', { makeUpDays: [day('2026-02-15')] }],
    ['make-up-on-weekday', { makeUpDays: [day('2026-03-04')] }],
    ['other-year', { makeUpDays: [day('2027-03-06')] }],
    ['holiday-length', { holidays: [...(builtInArrangements[1]?.holidays ?? []), { name: '元旦', from: day('2026-01-03'), to: day('2026-01-01') }] }],
  ])('is refused for %s', (code, change) => {
    const base = builtInArrangements[1]
    if (!base) throw new Error('no arrangement')
    expect(arrangementFaults({ ...base, ...change }).map((fault) => fault.code)).toContain(code)
  })

  it('of an office replaces the one built in', () => {
    const [, base] = builtInArrangements
    if (!base) throw new Error('no arrangement')
    const calendar = workCalendarOf([...builtInArrangements, { ...base, makeUpDays: [] }])
    expect(isWorkDay(calendar, day('2026-10-10'))).toBe(false)
    expect(isWorkDay(builtInCalendar, day('2026-10-10'))).toBe(true)
  })
})

describe('working days between two days', () => {
  it('are as many as a count day by day finds, both ways', () => {
    const first = epochDay(day('2025-01-01'))
    for (let from = first; from < first + 800; from += 13) {
      let counted = 0
      for (let to = from; to < from + 400; to += 1) {
        if (to > from && isWorkDay(builtInCalendar, civilDateOfEpochDay(to))) counted += 1
        expect(workDaysUntil(builtInCalendar, civilDateOfEpochDay(from), civilDateOfEpochDay(to))).toBe(counted)
        expect(workDaysUntil(builtInCalendar, civilDateOfEpochDay(to), civilDateOfEpochDay(from)) + counted).toBe(0)
      }
    }
  })
})
