import { describe, expect, test } from 'vitest'
import { civilDate } from '../../base/instant.ts'
import { type Block, type DocumentKind, emptyElements, type OfficialDocument } from '../model.ts'
import { abilitiesOf, documentAbilities, type DocumentScene } from '../policy.ts'
import { compareDocuments, diffText } from './compare.ts'
import { adoptionIn, dateOfDocument, readAdoption } from './adoption.ts'
import { completeDocument, findReplacedDate } from './complete-document.ts'
import { decideNumber, decideVoidNumber, findSerialGaps } from './decide-number.ts'
import { effectiveRight } from './decide-right.ts'
import { decideTransition, documentStates, isFrozenState } from './states.ts'

function aDocument(...blocks: readonly Block[]): OfficialDocument {
  return { version: 1, elements: { ...emptyElements('通知'), issuers: ['云州市财政局'] }, blocks }
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })

describe('rights', () => {
  test.each(documentStates)('in %s an administrator has none and a stranger has none', (state) => {
    expect(effectiveRight(state, [{ right: 'edit', source: 'owner' }], true)).toBe('none')
    expect(effectiveRight(state, [], false)).toBe('none')
  })

  test('the owner writes in a draft, reads under review, and writes again only through a task', () => {
    const owner = { right: 'edit', source: 'owner' } as const
    expect(effectiveRight('draft', [owner], false)).toBe('edit')
    expect(effectiveRight('in-review', [owner], false)).toBe('read')
    expect(effectiveRight('in-review', [owner, { right: 'suggest', source: 'task:1' }], false)).toBe('suggest')
  })

  test.each(documentStates.filter(isFrozenState))('in %s nobody writes', (state) => {
    expect(effectiveRight(state, [{ right: 'edit', source: 'task:1' }], false)).toBe('read')
  })
})

describe('states', () => {
  test('a document cannot skip signing, and an issued one goes nowhere', () => {
    expect(decideTransition('draft', 'numbered').ok).toBe(false)
    expect(decideTransition('signed', 'sealed').ok).toBe(false)
    expect(documentStates.filter((state) => state !== 'issued' && decideTransition('issued', state).ok)).toEqual([])
  })
})

describe('comparing two texts', () => {
  const text = (blocks: readonly Block[]): OfficialDocument => ({ version: 1, elements: emptyElements('通知'), blocks })

  test('tells words that only became bold, and lines that only became a heading', () => {
    const before = text([{ kind: 'paragraph', runs: [{ text: '请认真贯彻执行' }] }, { kind: 'paragraph', runs: [{ text: '自查内容' }] }])
    const after = text([{ kind: 'paragraph', runs: [{ text: '请' }, { text: '认真', bold: true }, { text: '贯彻执行' }] }, { kind: 'heading', level: 2, runs: [{ text: '自查内容' }] }])
    expect(compareDocuments(before, after)).toMatchObject([
      { op: 'changed', parts: [{ op: 'same', text: '请' }, { op: 'same', text: '认真', format: 'bold' }, { op: 'same', text: '贯彻执行' }] },
      { op: 'changed', kind: 'heading', level: 2, before: { kind: 'paragraph', level: 0 }, parts: [{ op: 'same', text: '自查内容' }] },
    ])
    expect(compareDocuments(after, after).every((block) => block.op === 'same')).toBe(true)
  })
})

describe('the permission table', () => {
  const scene: DocumentScene = { state: 'draft', right: 'edit', isOwner: true, isRegistrar: false, wasSubmitted: false }
  const allowedIn = (change: Partial<DocumentScene>) => {
    const abilities = abilitiesOf({ ...scene, ...change })
    return documentAbilities.filter((act) => abilities[act].allowed)
  }

  test.each([
    ['the drafter of a draft', {}, ['edit', 'suggest', 'share', 'nameVersion', 'attach', 'deleteDraft', 'submit', 'comment']],
    ['the drafter of a returned draft', { wasSubmitted: true }, ['edit', 'suggest', 'share', 'nameVersion', 'attach', 'submit', 'comment']],
    ['a colleague who may revise', { isOwner: false, right: 'suggest' }, ['suggest', 'nameVersion', 'comment']],
    ['a reader', { isOwner: false, right: 'read' }, ['comment']],
    ['the drafter after signing', { state: 'signed', right: 'read' }, []],
    ['the registrar of a signed document', { state: 'signed', right: 'read', isOwner: false, isRegistrar: true }, ['allocateNumber']],
    ['the registrar of a numbered document', { state: 'numbered', right: 'read', isOwner: false, isRegistrar: true }, ['voidNumber', 'typeset']],
    ['the registrar of a sealed document', { state: 'sealed', right: 'read', isOwner: false, isRegistrar: true }, []],
  ] as const)('%s may do exactly this', (_who, change, acts) => {
    expect(allowedIn(change)).toEqual(acts)
  })
})

describe('numbers', () => {
  const scene = { state: 'signed', current: null, organCodes: ['云财发'], lastSerial: 12 } as const

  test('the next one follows the greatest ever used', () => {
    expect(decideNumber(scene, { code: '云财发', year: 2026 })).toEqual({ ok: true, value: { code: '云财发', year: 2026, serial: 13 } })
  })

  test('none before signing, none of another organ, none twice', () => {
    const code = (change: object) => {
      const decision = decideNumber({ ...scene, ...change }, { code: '云财发', year: 2026 })
      return decision.ok ? 'given' : decision.refusal.code
    }
    expect(code({ state: 'in-review' })).toBe('documents.not-signed')
    expect(code({ organCodes: ['云府发'] })).toBe('documents.code-not-registered')
    expect(code({ current: { code: '云财发', year: 2026, serial: 1 } })).toBe('documents.already-numbered')
    expect(decideVoidNumber('sealed').ok).toBe(false)
  })

  test('gaps are found wherever they are', () => {
    expect(findSerialGaps([3, 1, 7])).toEqual([{ from: 2, to: 2 }, { from: 4, to: 6 }])
    expect(findSerialGaps([])).toEqual([])
  })
})

describe('comparing', () => {
  test('one changed word in a long sentence is marked alone', () => {
    expect(diffText('请于本月底前报送市财政局', '请于下月底前报送市财政局')).toEqual([
      { op: 'same', text: '请于' }, { op: 'removed', text: '本' }, { op: 'added', text: '下' }, { op: 'same', text: '月底前报送市财政局' },
    ])
  })

  test('paragraphs are aligned before their characters are compared', () => {
    const before = aDocument(paragraph('第一段文字不变。'), paragraph('第二段将被删去。'), paragraph('第三段有一处改动。'))
    const after = aDocument(paragraph('第一段文字不变。'), paragraph('第三段有两处改动。'), paragraph('完全是另外加的话语内容'))
    expect(compareDocuments(before, after).map((block) => block.op)).toEqual(['same', 'removed', 'changed', 'added'])
  })
})

describe('completing the signed text', () => {
  const data = { number: { code: '云财发', year: 2026, serial: 1 }, signedOn: civilDate('2026-08-01'), printedOn: civilDate('2026-08-03'), organName: '云州市财政局' }

  test('the date is the day of signing, whatever was written; what a meeting adopts keeps the day of adoption', () => {
    const dateOf = (text: string, kind: DocumentKind) => {
      const date: Block = { kind: 'date', runs: [{ text }] }
      const document = aDocument(paragraph('正文'), date)
      const completed = completeDocument({ ...document, elements: { ...document.elements, kind } }, data).blocks[1]
      return completed?.kind === 'date' ? completed.runs[0]?.text : null
    }
    expect(dateOf('2026年 月 日', '通知')).toBe('2026年8月1日')
    expect(dateOf('2026年7月30日', '通知')).toBe('2026年8月1日')
    expect(dateOf('2026年7月30日', '决议')).toBe('2026年7月30日')
    expect(dateOf('2026年 月 日', '纪要')).toBe('2026年8月1日')
  })

  test('what a 题注 says was adopted keeps the day of adoption, and signing adds neither date nor signature', () => {
    const note: Block = { kind: 'title-note', runs: [{ text: '（2026年7月30日云州市财政学会2026年第3次会议审议通过）' }] }
    const adopted = { ...aDocument(note, paragraph('正文')), elements: { ...emptyElements('决议'), issuers: ['云州市财政学会'] } }
    expect(dateOfDocument(adopted)).toBe('2026-07-30')
    expect(completeDocument(adopted, data).blocks).toEqual(adopted.blocks)
    expect(findReplacedDate(adopted, data.signedOn)).toBeNull()
    // Where somebody left an empty date at the end, it is that of the 题注 and never that of signing.
    const withDate = { ...adopted, blocks: [...adopted.blocks, { kind: 'date', runs: [] } as const] }
    expect(dateOfDocument(completeDocument(withDate, data))).toBe('2026-07-30')
  })

  test.each([
    ['（1994年7月5日市人大常委会第八次会议通过　2026年1月8日市人大常委会第三次会议批准）', '2026-01-08'],
    ['（2026年1月8日市政府第3次常务会议通过，自2026年3月1日起施行）', '2026-01-08'],
    ['（2026年2月31日市政府第3次常务会议通过）', null],
    ['（云州市第三次代表大会通过）', null],
  ])('of 题注 %s the day is %s', (text, day) => {
    expect(adoptionIn(text)?.on).toBe(day)
  })

  test('a 题注 that says published or amended tells of no adoption, and that of an attachment is not the document’s', () => {
    expect(adoptionIn('（2026年1月8日云州市人民政府令第3号公布）')).toBeNull()
    const annex: Block = { kind: 'annex-title', runs: [{ text: '云州市公园管理办法' }] }
    const note: Block = { kind: 'title-note', runs: [{ text: '（2026年1月8日市政府第3次常务会议通过）' }] }
    expect(readAdoption(aDocument(paragraph('现予公布。'), annex, note))).toBeNull()
  })

  test('a written date that signing replaces is named, one that agrees or stays is not', () => {
    const withWritten = (text: string, kind: DocumentKind) => {
      const date: Block = { kind: 'date', runs: [{ text }] }
      const document = aDocument(paragraph('正文'), date)
      return findReplacedDate({ ...document, elements: { ...document.elements, kind } }, data.signedOn)
    }
    expect(withWritten('2026年7月30日', '通知')).toBe('2026年7月30日')
    expect(withWritten('2026年8月1日', '通知')).toBeNull()
    expect(withWritten('2026年 月 日', '通知')).toBeNull()
    expect(withWritten('2026年7月30日', '决定')).toBeNull()
  })

  test('number and imprint are added and the words are left alone', () => {
    const before = aDocument(paragraph('正文'))
    const after = completeDocument(before, data)
    expect(after.elements).toMatchObject({ number: data.number, printedOn: '2026-08-03', printedBy: '云州市财政局' })
    expect(after.blocks).toEqual(before.blocks)
  })
})
