import { describe, expect, test } from 'vitest'
import { builtInCalendar } from '../../base/calendar/index.ts'
import { civilDate, civilDateAt } from '../../base/instant.ts'
import { emptyElements, type OfficialDocument } from '../../documents/index.ts'
import { receiptActs, receiptStates } from '../model.ts'
import { signByOf, usualDueOn, usualSignDays } from './deadlines.ts'
import { decideCirculation, decideClosing, decideReceipt, decideResuming, decideReturn, decideUrging, isOverdue } from './decide-receipt.ts'
import { matchReceivers } from './match-receivers.ts'
import { type Acknowledgement, findContradictions, statementText } from './statements.ts'
import { exchangeRefusals } from '../errors.ts'

describe('the way of a receipt', () => {
  test('every state × act is decided, and every refusal has words and a status', () => {
    const table = receiptStates.map((state) => [state, ...receiptActs.map((act) => {
      const decided = decideReceipt(state, act)
      if (!decided.ok) expect(Object.keys(exchangeRefusals)).toContain(decided.refusal.code)
      return decided.ok ? `→ ${decided.value}` : decided.refusal.code.replace('exchange.', '')
    })].join(' | '))
    expect([['', ...receiptActs].join(' | '), ...table].join('\n')).toMatchInlineSnapshot(`
      " | sign-for | return | withdraw | urge | register | begin | stop | resume | circulate | finish
      sent | → signed-for | → returned | → withdrawn | → sent | not-signed-for | not-signed-for | not-signed-for | not-signed-for | not-signed-for | not-signed-for
      signed-for | already-signed-for | return-after-signing | withdraw-after-signing | → signed-for | → registered | not-registered | not-registered | not-registered | not-registered | not-registered
      registered | already-signed-for | return-after-signing | withdraw-after-signing | urge-after-registering | already-registered | → in-handling | not-in-handling | → registered | → in-handling | → finished
      in-handling | already-signed-for | return-after-signing | withdraw-after-signing | urge-after-registering | already-registered | already-in-handling | → registered | already-in-handling | → in-handling | → finished
      finished | already-signed-for | return-after-signing | withdraw-after-signing | urge-after-registering | already-registered | already-finished | already-finished | already-finished | already-finished | already-finished
      returned | already-returned | already-returned | already-returned | already-returned | already-returned | already-returned | already-returned | already-returned | already-returned | already-returned
      withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn | already-withdrawn"
    `)
  })

  test('what has ended stays as it ended', () => {
    for (const state of ['finished', 'returned', 'withdrawn'] as const) for (const act of receiptActs) expect(decideReceipt(state, act).ok).toBe(false)
  })

  test('a return names its reason', () => {
    expect(decideReturn('sent', '  ')).toMatchObject({ refusal: { code: 'exchange.reason-needed' } })
    expect(decideReturn('sent', '主送有误')).toEqual({ ok: true, value: 'returned' })
    expect(decideReturn('signed-for', '')).toMatchObject({ refusal: { code: 'exchange.return-after-signing' } })
  })

  test('a 办件 is circulated and closed within its case only', () => {
    expect(decideCirculation({ state: 'in-handling', handling: 'handle' })).toMatchObject({ refusal: { code: 'exchange.circulate-in-case' } })
    expect(decideClosing({ state: 'in-handling', handling: 'handle' })).toMatchObject({ refusal: { code: 'exchange.close-in-case' } })
    expect(decideClosing({ state: 'in-handling', handling: 'read' })).toEqual({ ok: true, value: 'finished' })
  })

  test('a 办件 is handled again only after its case was stopped, and once per stop', () => {
    const stopped = ['send', 'sign-for', 'register', 'begin', 'stop']
    const receipt = { state: 'registered', handling: 'handle' } as const
    expect(decideResuming(receipt, stopped)).toEqual({ ok: true, value: 'registered' })
    expect(decideResuming(receipt, [...stopped, 'urge'])).toEqual({ ok: true, value: 'registered' })
    expect(decideResuming(receipt, [...stopped, 'resume'])).toMatchObject({ refusal: { code: 'exchange.already-in-handling' } })
    expect(decideResuming(receipt, ['send', 'sign-for', 'register'])).toMatchObject({ refusal: { code: 'exchange.already-in-handling' } })
    expect(decideResuming({ ...receipt, handling: 'read' }, stopped)).toMatchObject({ refusal: { code: 'exchange.resume-reading' } })
  })

  test('urging waits an hour, and only what was not signed for is overdue', () => {
    const hour = 3_600_000
    expect(decideUrging({ state: 'sent', urgedAt: 0 }, hour - 1).ok).toBe(false)
    expect(decideUrging({ state: 'sent', urgedAt: 0 }, hour).ok).toBe(true)
    expect(isOverdue({ state: 'sent', signBy: 10 }, 10)).toBe(false)
    expect(isOverdue({ state: 'sent', signBy: 10 }, 11)).toBe(true)
    expect(isOverdue({ state: 'signed-for', signBy: 10 }, 11)).toBe(false)
  })
})

describe('time limits', () => {
  test('count working days: a 特急 is signed for today, a plain one after two, over the weekend', () => {
    const friday = civilDate('2026-11-20')
    const until = (urgency: 'none' | 'urgent' | 'extra-urgent') => civilDateAt(signByOf(builtInCalendar, friday, usualSignDays(urgency)))
    expect([until('extra-urgent'), until('urgent'), until('none')]).toEqual(['2026-11-20', '2026-11-23', '2026-11-24'])
    expect(usualDueOn(builtInCalendar, friday, 'urgent', 'handle')).toBe('2026-11-25')
    expect(usualDueOn(builtInCalendar, friday, 'none', 'read')).toBe('2026-11-27')
  })
})

describe('receivers named in a document', () => {
  const organs = [
    { id: 'a', name: '云州市财政局', shortName: '市财政局' },
    { id: 'b', name: '云州市发展和改革局', shortName: '市发展和改革局' },
    { id: 'c', name: '云州市人民政府', shortName: '市政府' },
    { id: 'd', name: '青川县人民政府办公室', shortName: '青川县政府办公室' },
  ]
  const document = (main: string, copyTo: readonly string[]): OfficialDocument => ({
    version: 1,
    elements: { ...emptyElements('通知'), copyTo: [...copyTo] },
    blocks: [{ kind: 'recipients', runs: [{ text: main }] }],
  })

  test('are found by full or short name, never by a part of another name', () => {
    const found = matchReceivers(document('市财政局、云州市发展和改革局，市政府办公室：', ['青川县政府办公室，市财政局。']), organs)
    expect([...found]).toEqual([['a', 'main'], ['b', 'main'], ['d', 'copy']])
  })

  test('collective names stand for nobody in particular', () => {
    expect(matchReceivers(document('各县（市、区）人民政府，市政府各部门：', []), organs).size).toBe(0)
  })
})

describe('what is signed', () => {
  const said: Acknowledgement = {
    format: 'xiewen-acknowledgement-1', dispatchId: 'd', receiptId: 'r', digest: 'x', copies: 2, organ: { id: 'o', name: '局' }, person: { id: 'p', name: '甲' },
    post: { id: 'q', title: '收文员', unit: '科' }, onBehalfOf: null, at: 5,
  }
  const facts = { dispatchId: 'd', receiptId: 'r', digest: 'x', copies: 2, organId: 'o', personId: 'p', at: 5 }

  test('has one form, whatever the order of its fields', () => {
    expect(statementText({ ...said, at: 5 })).toBe(statementText(Object.fromEntries(Object.entries(said).reverse()) as Acknowledgement))
  })

  test.each([['dispatchId', 'e'], ['receiptId', 's'], ['digest', 'y'], ['copies', 3]] as const)('a register that says another %s is contradicted', (field, value) => {
    expect(findContradictions(said, facts)).toEqual([])
    expect(findContradictions(said, { ...facts, [field]: value })).toEqual([field])
  })

  test('so is one with another organ, person or time', () => {
    expect(findContradictions(said, { ...facts, organId: 'x', personId: 'y', at: 6 })).toEqual(['organ', 'person', 'at'])
  })
})
