import { describe, expect, test } from 'vitest'
import type { Result } from '../../base/result.ts'
import { type SealKind, sealStates } from '../model.ts'
import { mayKeepSealOf } from '../policy.ts'
import { diameterOf } from './diameter.ts'
import { decideCentre, decideStraddle, findPlace } from './place.ts'
import { decideRenewal } from './renewal.ts'
import { decideSealAct, type SealAct } from './seal-life.ts'
import { decideApproval, decideClosing, decideImpression, type ImpressScene } from './use.ts'

function codeOf(outcome: Result<unknown>): string {
  return outcome.ok ? 'accepted' : outcome.refusal.code
}

const place = { page: 2, centreX: 140, centreY: 220, slackX: 1.5, slackY: 0.5, straddle: null }
const permit = { digest: 'd1', sealId: 's1', place, validUntil: 1000, usedAt: null }
const scene: ImpressScene = {
  state: 'permitted', permit, sealId: 's1', sealState: 'active', certificateUntil: 1000, keeperPersonIds: ['keeper', 'deputy'], actorPersonId: 'keeper', applicantPersonId: 'registrar',
  approverPersonId: 'approver', drafterPersonId: 'drafter', provenUntil: 900, currentDigest: 'd1', nudgeX: 0, nudgeY: 0, now: 500,
}

describe('an impression', () => {
  test('is made by the keeper or the deputy, at the lawful place', () => {
    expect(decideImpression(scene)).toEqual({ ok: true, value: { x: 140, y: 220 } })
    expect(decideImpression({ ...scene, actorPersonId: 'deputy', nudgeX: -1.5, nudgeY: 0.5 })).toEqual({ ok: true, value: { x: 138.5, y: 220.5 } })
  })

  const refusals: readonly (readonly [string, Partial<ImpressScene>])[] = [
    ['seals.not-keeper', { actorPersonId: 'somebody' }],
    ['seals.not-keeper', { keeperPersonIds: [] }],
    ['seals.keeper-involved', { drafterPersonId: 'keeper' }],
    ['seals.keeper-involved', { applicantPersonId: 'keeper' }],
    ['seals.keeper-involved', { approverPersonId: 'keeper' }],
    ['base.step-up-required', { provenUntil: null }],
    ['base.step-up-required', { provenUntil: 500 }],
    ['seals.not-active', { sealState: 'suspended' }],
    ['seals.not-active', { sealState: 'destroyed' }],
    ['seals.certificate-expired', { certificateUntil: 500 }],
    ['seals.permit-used', { permit: { ...permit, usedAt: 499 } }],
    ['seals.permit-expired', { permit: { ...permit, validUntil: 500 } }],
    ['seals.not-permitted', { permit: null }],
    ['seals.not-permitted', { state: 'applied' }],
    ['seals.not-permitted', { state: 'refused' }],
    ['seals.wrong-seal', { permit: { ...permit, sealId: 's2' } }],
    ['seals.wrong-digest', { currentDigest: 'd2' }],
    ['seals.wrong-digest', { currentDigest: null }],
    ['seals.outside-place', { nudgeX: 2 }],
    ['seals.outside-place', { nudgeY: -1 }],
  ]
  test.each(refusals)('is refused with %s when %o', (code, change) => {
    expect(codeOf(decideImpression({ ...scene, ...change }))).toBe(code)
  })
})

describe('an approval', () => {
  const asked = { state: 'applied', sealState: 'active', applicantPersonId: 'a', keeperPersonId: 'k', approverPersonId: 'p', currentDigest: 'd', digest: 'd' } as const
  test('comes from neither the applicant nor the keeper, for the same file and a seal in use', () => {
    expect(codeOf(decideApproval(asked))).toBe('accepted')
    expect(codeOf(decideApproval({ ...asked, approverPersonId: 'a' }))).toBe('seals.own-application')
    expect(codeOf(decideApproval({ ...asked, approverPersonId: 'k' }))).toBe('seals.keeper-approves')
    expect(codeOf(decideApproval({ ...asked, currentDigest: 'other' }))).toBe('seals.wrong-digest')
    expect(codeOf(decideApproval({ ...asked, sealState: 'filed' }))).toBe('seals.not-active')
    expect(codeOf(decideApproval({ ...asked, state: 'permitted' }))).toBe('seals.already-decided')
  })
  test('an application that ended cannot be ended again', () => {
    expect((['applied', 'permitted', 'impressed', 'refused', 'withdrawn', 'expired'] as const).map((state) => codeOf(decideClosing(state)))).toEqual([
      'accepted', 'accepted', 'seals.already-decided', 'seals.already-decided', 'seals.already-decided', 'seals.already-decided',
    ])
  })
})

describe('a seal’s life', () => {
  const hands = { proposer: 'a', approver: 'b', maker: 'c', ender: 'd' }
  test('every act fits exactly these states', () => {
    const acts: readonly SealAct[] = ['approve', 'refuse', 'make', 'enable', 'suspend', 'resume', 'ask-destruction', 'keep-on', 'destroy']
    const table = Object.fromEntries(acts.map((act) => [act, sealStates.filter((state) => decideSealAct(state, act, 'nobody', hands).ok)]))
    expect(table).toEqual({
      approve: ['applied'], refuse: ['applied'], make: ['approved'], enable: ['filed'], suspend: ['active'], resume: ['suspended'], 'ask-destruction': ['filed', 'active', 'suspended'],
      'keep-on': ['ending'], destroy: ['ending'],
    })
  })
  test('proposing, approving, making and taking over are kept apart', () => {
    expect(codeOf(decideSealAct('applied', 'approve', 'a', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('approved', 'make', 'a', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('approved', 'make', 'b', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('filed', 'enable', 'b', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('filed', 'enable', 'c', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('filed', 'enable', 'a', hands))).toBe('accepted')
  })
  test('who asks that a seal be destroyed does not destroy it', () => {
    expect(codeOf(decideSealAct('ending', 'destroy', 'd', hands))).toBe('seals.own-act')
    expect(codeOf(decideSealAct('ending', 'destroy', 'c', hands))).toBe('accepted')
  })
  test('a renewal is asked for, approved and carried out by three people, for a seal in use', () => {
    const scene = { sealState: 'active', renewal: 'asked', askerId: 'k', approverId: null } as const
    expect(decideRenewal({ ...scene, renewal: null, askerId: null }, 'ask', 'k')).toEqual({ ok: true, value: 'asked' })
    expect(codeOf(decideRenewal(scene, 'ask', 'k'))).toBe('seals.wrong-state')
    expect(codeOf(decideRenewal(scene, 'approve', 'k'))).toBe('seals.own-act')
    expect(decideRenewal(scene, 'approve', 'p')).toEqual({ ok: true, value: 'approved' })
    expect(codeOf(decideRenewal(scene, 'renew', 'm'))).toBe('seals.wrong-state')
    const approved = { ...scene, renewal: 'approved', approverId: 'p' } as const
    expect(['k', 'p', 'm'].map((who) => codeOf(decideRenewal(approved, 'renew', who)))).toEqual(['seals.own-act', 'seals.own-act', 'accepted'])
    expect(codeOf(decideRenewal({ ...approved, sealState: 'ending' }, 'renew', 'm'))).toBe('seals.wrong-state')
  })
  test('an office keeps its own seal and that of the government it serves, nobody else’s', () => {
    const office = { organId: '1', organName: '云州市人民政府办公室' }
    expect(mayKeepSealOf(office, { id: '1', name: '云州市人民政府办公室' })).toBe(true)
    expect(mayKeepSealOf(office, { id: '2', name: '云州市人民政府' })).toBe(true)
    expect(mayKeepSealOf(office, { id: '3', name: '云州市' })).toBe(false)
    expect(mayKeepSealOf(office, { id: '4', name: '云州市财政局' })).toBe(false)
  })
})

describe('size and place', () => {
  test.each([
    ['organ', '国务院', 60], ['organ', '广东省人民政府', 50], ['organ', '云州市人民政府', 45], ['organ', '青川县人民政府', 45], ['organ', '石桥镇人民政府', 42],
    ['organ', '云州市财政局', 42], ['section', '市财政局预算科', 40], ['special', '云州市财政局', 40],
  ] as readonly (readonly [SealKind, string, number])[])('a seal of kind %s of %s is %i mm across', (kind, name, mm) => {
    expect(diameterOf(kind, name)).toBe(mm)
  })

  test('a seal stands over its own organ’s name; a sole place serves the issuing organ under another form of its name', () => {
    const offered = [{ organ: '云州市财政局', ...place, page: 1 }, { organ: '云州市教育局', ...place }]
    expect(findPlace(offered, { names: ['云州市教育局'], issues: true })).toEqual({ ok: true, value: place })
    expect(codeOf(findPlace(offered, { names: ['云州市民政局'], issues: true }))).toBe('seals.no-place')
    expect(findPlace(offered.slice(1), { names: ['市教育局'], issues: true })).toEqual({ ok: true, value: place })
    expect(codeOf(findPlace(offered.slice(1), { names: ['市教育局'], issues: false }))).toBe('seals.no-place')
    expect(codeOf(findPlace([], { names: ['市教育局'], issues: true }))).toBe('seals.no-place')
  })

  test('what is said about the slack is itself allowed', () => {
    const refused = decideCentre({ ...place, slackY: 0.52333 }, 0, 1)
    expect(refused).toEqual({ ok: false, refusal: { code: 'seals.outside-place', params: { x: 1.5, y: 0.5 } } })
  })

  test('a seal over the seam needs two sheets, and each further one stands at another height while the edge has room', () => {
    expect(codeOf(decideStraddle('single', 1, 0))).toBe('seals.too-few-pages')
    expect(codeOf(decideStraddle('double', 2, 0))).toBe('seals.too-few-pages')
    const heights = [0, 1, 2, 3, 4].map((before) => decideStraddle('double', 3, before))
    expect(new Set(heights.map((each) => (each.ok ? each.value.centreY : 0))).size).toBe(5)
    expect(codeOf(decideStraddle('single', 9, 5))).toBe('seals.seam-full')
  })
})
