import { civilDate } from '../../base/instant.ts'
import { describe, expect, test } from 'vitest'
import { parseCommitment, parseDueDate, splitSentences } from './sentences.ts'

const on = civilDate('2026-11-25')

describe('reading a sentence of minutes', () => {
  test.each([
    ['会议议定，由市财政局牵头，市审计局、市发改局配合，12月15日前完成。', ['市财政局'], ['市审计局', '市发改局'], '2026-12-15'],
    ['建设数据共享目录（市政务服务数据管理局牵头，2027年3月底前完成）。', ['市政务服务数据管理局'], [], '2027-03-31'],
    ['请市财政局于1月10日前拨付资金。', ['市财政局'], [], '2027-01-10'],
    ['市发改局、市财政局共同牵头制定方案，年底前报市政府。', ['市发改局', '市财政局'], [], '2026-12-31'],
    ['责任单位：市政府办公室；完成时限：2026年12月20日。', ['市政府办公室'], [], '2026-12-20'],
    ['由市发展和改革局会同市财政局研究提出意见，下月底前报送。', ['市发展和改革局'], ['市财政局'], '2026-12-31'],
    ['会议听取了工作汇报。', [], [], null],
    ['要进一步研究。', [], [], null],
  ] as const)('%s', (sentence, leads, supports, dueOn) => {
    expect(parseCommitment(sentence, on)).toEqual({ leads, supports, dueOn })
  })

  test.each([
    ['12月中旬前', '2026-12-20'],
    ['11月20日前', '2027-11-20'],
    ['明年6月底前', '2027-06-30'],
    ['2028年2月底前', '2028-02-29'],
    ['本月底前', '2026-11-30'],
    ['2月30日前', null],
    ['2026年工作', null],
  ] as const)('%s', (text, dueOn) => {
    expect(parseDueDate(text, on)).toBe(dueOn)
  })

  test('sentences end at stops outside brackets and quotation marks, and nothing is lost', () => {
    const text = '会议指出，“要快。要好。”（见附件。）同意。市财政局负责；市审计局配合。'
    expect(splitSentences(text)).toEqual(['会议指出，“要快。要好。”（见附件。）同意。', '市财政局负责；', '市审计局配合。'])
    expect(splitSentences(text).join('')).toBe(text)
  })

  test('hostile length does not hang the reader', () => {
    const began = performance.now()
    parseCommitment('市'.repeat(100_000), on)
    parseCommitment(`由${'市财政局、'.repeat(20_000)}`, on)
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
