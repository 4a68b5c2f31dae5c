import { describe, expect, test } from 'vitest'
import { type Books, reconcileBooks } from './reconcile.ts'

const now = 1000
/** `count` honest uses of one seal after each other, on files of their own. */
function honest(count: number): Books {
  const numbers = Array.from({ length: count }, (_, i) => i)
  return {
    permits: numbers.map((i) => ({ id: `p${i}`, applicationId: `a${i}`, sealId: 's', digest: `d${i}`, usedAt: 500, endedAt: null, validUntil: 900 })),
    impressions: numbers.map((i) => ({ id: `i${i}`, permitId: `p${i}`, applicationId: `a${i}`, sealId: 's', digest: `d${i}`, sealedDigest: `z${i}` })),
    acts: numbers.flatMap((i) => (['permitted', 'impressed'] as const).map((kind) => ({ kind, applicationId: `a${i}`, sealId: 's' }))),
  }
}
const kindsOf = (books: Books): readonly string[] => reconcileBooks(books, now).findings.map(({ kind, id }) => `${kind} ${id}`)

describe('the books of a seal', () => {
  test('do not agree where a line says something else than its act, or the act itself was changed', () => {
    const says = (i: number) => ({ title: `t${i}`, digest: `d${i}` })
    const { permits, impressions, acts } = honest(3)
    const told = (swapped: boolean): Books => ({
      permits,
      impressions: impressions.map((line, i) => ({ ...line, says: says(swapped && i < 2 ? 1 - i : i) })),
      acts: acts.map((act) => (act.kind === 'impressed' ? { ...act, says: { ...says(Number(act.applicationId.slice(1))), more: 'x' } } : act)),
    })
    expect(kindsOf(told(false))).toEqual([])
    expect(kindsOf(told(true))).toEqual(['impression-altered i0', 'impression-altered i1'])
    expect(kindsOf({ ...told(false), acts: acts.map((act, i) => (i === 0 ? { ...act, isSound: false } : act)) })).toEqual(['act-altered p0'])
  })

  test('agree when every use was permitted, made once and recorded', () => {
    expect(reconcileBooks(honest(5), now)).toEqual({ permits: 5, open: 0, used: 5, lapsed: 0, impressions: 5, findings: [] })
    expect(reconcileBooks(honest(0), now).findings).toEqual([])
  })

  test('count permits that are open, and those that lapsed or were taken back', () => {
    const { permits, acts } = honest(3)
    const [open, lapsed, taken] = permits.map((permit) => ({ ...permit, usedAt: null }))
    if (!open || !lapsed || !taken) throw new Error('three')
    const books = { permits: [{ ...open, validUntil: now + 1 }, { ...lapsed, validUntil: now }, { ...taken, validUntil: now + 1, endedAt: 10 }], impressions: [], acts: acts.filter(({ kind }) => kind === 'permitted') }
    expect(reconcileBooks(books, now)).toEqual({ permits: 3, open: 1, used: 0, lapsed: 2, impressions: 0, findings: [] })
  })

  test('agree where a file has gained another organ’s seal between permit and impression', () => {
    const { permits, impressions, acts } = honest(2)
    const joint = impressions.map((line, i) => (i === 0 ? line : { ...line, digest: 'z0' }))
    expect(kindsOf({ permits: permits.map((permit) => ({ ...permit, digest: 'd0' })), impressions: joint, acts })).toEqual([])
  })

  test.each([
    ['an impression nobody permitted', (b: Books) => ({ ...b, permits: b.permits.slice(1) }), ['impression-without-permit i0', 'permit-gone a0']],
    ['an impression on an unused permit', (b: Books) => ({ ...b, permits: b.permits.map((p, i) => (i === 0 ? { ...p, usedAt: null } : p)) }), ['impression-without-permit i0']],
    ['an impression with another seal', (b: Books) => ({ ...b, impressions: b.impressions.map((l, i) => (i === 0 ? { ...l, sealId: 't' } : l)) }), ['impression-without-permit i0']],
    ['an impression on another file', (b: Books) => ({ ...b, impressions: b.impressions.map((l, i) => (i === 0 ? { ...l, digest: 'x' } : l)) }), ['impression-of-other-file i0']],
    ['an impression taken out of the register', (b: Books) => ({ ...b, impressions: b.impressions.slice(1) }), ['permit-without-impression p0', 'impression-gone a0']],
    ['a use taken out of the register altogether', (b: Books) => ({ ...b, permits: b.permits.slice(1), impressions: b.impressions.slice(1) }), ['permit-gone a0', 'impression-gone a0']],
    ['a use put in that nobody recorded', (b: Books) => ({ ...b, acts: b.acts.slice(2) }), ['permit-not-recorded p0', 'impression-not-recorded i0']],
  ] as const)('name %s', (_what, spoil, expected) => {
    expect(kindsOf(spoil(honest(3)))).toEqual(expected)
  })

  test('name the one wrong line among a hundred thousand, wherever it stands', () => {
    const books = honest(100_000)
    expect(kindsOf(books)).toEqual([])
    for (const at of [0, 65_536, 99_999]) {
      const spoilt = books.impressions.map((line, i) => (i === at ? { ...line, digest: 'x' } : line))
      expect(kindsOf({ ...books, impressions: spoilt })).toEqual([`impression-of-other-file i${at}`])
      const planted = { id: 'planted', permitId: `p${at}`, applicationId: 'none', sealId: 's', digest: `d${at}`, sealedDigest: 'y' }
      expect(kindsOf({ ...books, impressions: [...books.impressions, planted] })).toEqual(['impression-not-recorded planted'])
    }
  }, 90_000)

  test('never agree after one line was taken out of any of them, wherever it stood', () => {
    const books = honest(12)
    for (const part of ['permits', 'impressions', 'acts'] as const) {
      for (let at = 0; at < books[part].length; at++) expect(kindsOf({ ...books, [part]: books[part].filter((_, i) => i !== at) }), `${part} ${at}`).not.toEqual([])
    }
  })
})
