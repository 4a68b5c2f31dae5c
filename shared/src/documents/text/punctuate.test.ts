import { expect, test } from 'vitest'
import { fixPunctuation, punctuationTyped } from './punctuate.ts'

function fixed(text: string): string {
  return fixPunctuation(text).toReversed().reduce((all, fix) => all.slice(0, fix.from) + fix.text + all.slice(fix.to), text)
}

test.each([
  ['请认真执行,抓好落实.', '请认真执行，抓好落实。'],
  ['增长1.5%,上升9:30', '增长1.5%,上升9:30'],
  ['各县(市、区)', '各县（市、区）'],
  ['使用 HTTP(S) 协议', '使用 HTTP(S) 协议'],
  ['"一网通办"改革', '“一网通办”改革'],
  ['未成对的"引号', '未成对的"引号'],
  ['网址 www.gov.cn', '网址 www.gov.cn'],
  ['等等...', '等等...'],
])('%s becomes %s', (before, after) => expect(fixed(before)).toBe(after))

test.each([
  ['执行', ',', '，'],
  ['1', '.', null],
  ['他说', '"', '“'],
  ['他说“好', '"', '”'],
  ['abc', ',', null],
  ['（二）', ':', '：'],
])('after %s a typed %s becomes %s', (before, typed, wanted) => expect(punctuationTyped(before, typed)).toBe(wanted))
