import { describe, expect, test } from 'vitest'
import { decideTemplate, formatArchiveNumber, usualTemplate } from './archive-number.ts'
import { decideFiling, decideFonds, type FilingScene } from './decide-filing.ts'
import { suggestPeriod } from './suggest-period.ts'

describe('archive numbers (DA/T 13-2022)', () => {
  test('the usual template writes 全宗号-门类·年度·保管期限-件号', () => {
    expect(formatArchiveNumber(usualTemplate, { fonds: 'Z109', category: 'WS', year: 2026, period: 'years-30', serial: 1 })).toBe('Z109-WS·2026·D30-0001')
    expect(formatArchiveNumber(usualTemplate, { fonds: 'A439', category: 'WS', year: 2015, period: 'permanent', serial: 12345 })).toBe('A439-WS·2015·Y-12345')
  })

  test.each([
    ['a missing part', '{fonds}-{category}·{year}-{serial}'],
    ['a part twice', '{fonds}-{category}·{year}·{period}-{serial}-{serial}'],
    ['parts that touch', '{fonds}{category}·{year}·{period}-{serial}'],
    ['a slash, which no file name carries', '{fonds}/{category}·{year}·{period}-{serial}'],
  ])('a template with %s is refused', (_what, template) => {
    expect(decideTemplate(template)).toMatchObject({ ok: false, refusal: { code: 'archive.template-wrong' } })
  })
})

describe('periods (国家档案局令第8号)', () => {
  test.each([
    ['纪要', 'minutes', '市政府常务会议纪要', 'permanent', 'minutes'],
    ['通知', 'draft', '关于印发2026年工作要点的通知', 'permanent', 'plan'],
    ['通知', 'draft', '关于张三等同志任免的通知', 'permanent', 'staff'],
    ['通知', 'draft', '关于印发公共数据管理办法的通知', 'permanent', 'policy'],
    ['通知', 'draft', '关于开展自查工作的通知', 'years-30', 'own'],
    ['请示', 'draft', '关于拨付经费的请示', 'years-30', 'request'],
    ['函', 'draft', '关于商请提供数据的函', 'years-30', 'letter'],
    ['通报', 'draft', '政务信息工作简报', 'years-10', 'briefing'],
    ['意见', 'incoming', '关于深化改革的意见', 'years-30', 'from-above'],
    ['通知', 'incoming', '关于召开座谈会的通知', 'years-10', 'from-others'],
  ] as const)('%s (%s) %s: %s', (kind, origin, title, period, basis) => {
    expect(suggestPeriod({ kind, origin, title })).toEqual({ period, basis })
  })
})

describe('filing', () => {
  const scene: FilingScene = { origin: 'draft', state: 'issued', isFinished: true, isFiled: false, isLeftOut: false, fonds: 'Z109', documentYear: 2025, currentYear: 2026 }
  const order = { year: 2025, period: 'permanent' } as const

  test('an issued document is filed under the chosen year and period', () => {
    expect(decideFiling(scene, order)).toEqual({ ok: true, value: { fonds: 'Z109', category: 'WS', year: 2025, period: 'permanent' } })
  })

  test.each([
    ['archive.already-filed', { isFiled: true }],
    ['archive.left-out', { isLeftOut: true }],
    ['archive.not-issued', { state: 'sealed' }],
    ['archive.not-finished', { origin: 'incoming', state: 'incoming', isFinished: false }],
    ['archive.fonds-missing', { fonds: null }],
    ['archive.wrong-year', { documentYear: 2026 }],
    ['archive.wrong-year', { currentYear: 2024 }],
  ] as const)('%s', (code, change) => {
    expect(decideFiling({ ...scene, ...change }, order)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('a 全宗号 belongs to one organ and stays once pieces carry it', () => {
    expect(decideFonds({ current: null, pieces: 0, isTaken: true }, 'Z109')).toMatchObject({ refusal: { code: 'archive.fonds-taken' } })
    expect(decideFonds({ current: 'Z108', pieces: 1, isTaken: false }, 'Z109')).toMatchObject({ refusal: { code: 'archive.fonds-in-use' } })
    expect(decideFonds({ current: 'Z108', pieces: 0, isTaken: false }, 'Z109').ok).toBe(true)
  })
})
