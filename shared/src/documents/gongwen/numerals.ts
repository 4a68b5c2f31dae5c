/** Chinese numerals as official documents count with them: 一 to 九百九十九. */

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const

/** The Chinese numeral of a count, e.g. 12 → 十二, 105 → 一百零五.
 *
 * @param count a whole number from 1 to 999
 * @throws RangeError outside that range
 */
export function chineseNumeral(count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > 999) throw new RangeError(`no heading number: ${count}`)
  const hundreds = Math.floor(count / 100)
  const tens = Math.floor((count % 100) / 10)
  const ones = count % 10
  const head = hundreds > 0 ? `${digits[hundreds] ?? ''}百` : ''
  if (tens === 0) return head + (ones === 0 ? '' : `${hundreds > 0 ? '零' : ''}${digits[ones] ?? ''}`)
  const ten = tens === 1 && hundreds === 0 ? '十' : `${digits[tens] ?? ''}十`
  return head + ten + (ones === 0 ? '' : (digits[ones] ?? ''))
}

/** The count a Chinese numeral stands for, or null when it is not one of `chineseNumeral`'s forms (一十二 and 〇 forms are
 * not). */
export function parseChineseNumeral(text: string): number | null {
  const match = /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九])?$/.exec(text)
  if (!match || text === '' || text === '零') return null
  const of = (digit: string | undefined): number => (digit ? digits.findIndex((each) => each === digit) : 0)
  const tens = match[3] ? of(match[2]) || 1 : 0
  const count = of(match[1]) * 100 + tens * 10 + of(match[4])
  return count > 0 ? count : null
}
