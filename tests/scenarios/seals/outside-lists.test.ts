/** Lists of revoked certificates (CRL) of outside authorities: which are let in, and what each verification makes of them. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueRevocationList, type RevokedEntry } from '@xiewen/crypto'
import { auditContract, instant } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../../server/src/app/cli/main.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { aHolder, enabledOutsideSeal, type Holder } from './outside-authority.ts'
import { refusalOf, resume, SealStory } from './story.ts'

const day = 86_400_000
const begun = Date.now()
let ahead = 0
const now = (): number => Date.now() + ahead
let office: TestOffice
let story: SealStory
let root: Holder
let signer: Holder
/** A file sealed with the outside seal before any list came. */
let sealed: Uint8Array

/** A list as the authority publishes it; `from` and `until` in days from the beginning. */
const list = (number: number, more: { readonly entries?: readonly RevokedEntry[]; readonly by?: Holder; readonly from?: number; readonly until?: number } = {}) =>
  issueRevocationList({ number, thisUpdate: begun + (more.from ?? 0) * day, nextUpdate: begun + (more.until ?? 7) * day, entries: more.entries ?? [] }, more.by ?? root)
const bring = async (file: Uint8Array) => (await story.as('maker')).upload(contract.importList, {}, file)
const verify = async () => (await story.as('keeper')).upload(contract.verify, {}, sealed)
const entry = (revokedAt: number): RevokedEntry => ({ serial: signer.certificate.serial, revokedAt, reason: 'keyCompromise' })

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(now()) } })
  story = new SealStory(office)
  ;({ root, signer } = await enabledOutsideSeal(office, story))
  const keeper = await story.as('keeper')
  const documentId = await story.typeset()
  await keeper.call(contract.impress, { applicationId: await story.permitted(documentId) })
  sealed = await story.pdf(documentId)
}, 90_000)
afterAll(() => office.close())

/** Days later everybody signs in again. */
async function later(days: number): Promise<void> {
  ahead += days * day
  ;({ office, story } = await resume(office))
}

describe('a list', () => {
  test('is let in from an authority of the trust store only, by its own signature, whole and not from the future', async () => {
    const stranger = await aHolder('root', '无名根证书', null)
    expect(await refusalOf(bring(await list(1, { by: stranger })))).toBe('seals.list-unknown-issuer')
    // Who looks at the attempts reads the same words.
    const { refused } = await (await story.as('maker')).call(contract.overview, {})
    expect(refused[0]).toMatchObject({ act: 'seals.import-list', code: 'seals.list-unknown-issuer', params: { issuer: stranger.certificate.subject.text } })
    const impostor = await aHolder('root', '云岭省电子认证中心根证书', null)
    expect(await refusalOf(bring(await list(1, { by: impostor })))).toBe('seals.list-forged')
    expect(await refusalOf(bring(new TextEncoder().encode('hello')))).toBe('seals.list-unreadable')
    expect(await refusalOf(bring((await list(1)).subarray(0, -5)))).toBe('seals.list-unreadable')
    expect(await refusalOf(bring(await list(1, { from: 2 })))).toBe('seals.list-future')
    for (const who of ['keeper', 'auditor', 'registrar'] as const) expect(await refusalOf((await story.as(who)).upload(contract.importList, {}, await list(1)))).toBe('base.not-allowed')
    expect(await (await story.as('maker')).call(contract.listLists, {})).toEqual({ lists: [], without: [root.certificate.subject.text] })
  })

  test('clears what it does not name, stays the newest there is, and its coming is an act', async () => {
    expect((await verify()).seals[0]).toMatchObject({ verdict: 'VALID', revocation: 'unknown' })
    const fifth = await list(5)
    const text = `-----BEGIN X509 CRL-----\n${Buffer.from(fifth).toString('base64')}\n-----END X509 CRL-----\n`
    expect(await bring(new TextEncoder().encode(text))).toMatchObject({ entries: 0, isStale: false })
    expect(await verify()).toMatchObject({ verdict: 'VALID', seals: [{ revocation: 'good' }] })
    expect(await refusalOf(bring(fifth))).toBe('seals.list-known')
    expect(await refusalOf(bring(await list(4, { until: 30 })))).toBe('seals.list-older')
    expect(await refusalOf(bring(await list(6, { from: -1 })))).toBe('seals.list-older')
    const { lists, without } = await (await story.as('auditor')).call(contract.listLists, {})
    expect([lists.map(({ number, state, entries }) => [number, state, entries]), without]).toEqual([[['5', 'valid', 0]], []])
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.list-imported' })
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ issuer: root.certificate.subject.text, number: '5', entries: 0 })
  })
})

describe('what the command line says', () => {
  async function cli(...argv: readonly string[]): Promise<string> {
    const lines: string[] = []
    await runCli(argv, { out: (text) => void lines.push(text), err: (text) => void lines.push(text) })
    return lines.join('\n')
  }

  test('rests on the same lists, or on one that is named', async () => {
    await office.settle()
    const files = (await readdir(join(office.dataDir, 'trust'))).filter((file) => /^outside-.*\.crl$/.test(file))
    expect(files).toHaveLength(1)
    const [file, revoked] = [join(office.dataDir, 'sealed.pdf'), join(office.dataDir, 'revoked.crl')]
    await writeFile(file, sealed)
    await writeFile(revoked, await list(9, { entries: [entry(begun - 1000)] }))
    expect(await cli('verify', file, '--data', office.dataDir)).toMatch(/^VALID/)
    expect(await cli('verify', file, '--data', office.dataDir, '--crl', revoked)).toMatch(/^INVALID/)
    expect(await cli('verify', file, '--data', office.dataDir, '--crl', file)).toContain('不是证书吊销列表')
  })
})

describe('time', () => {
  test('a list that is out of date leaves undecided what it cannot know, says so, and stops the seal until there is a new one', async () => {
    await later(8)
    const keeper = await story.as('keeper')
    const fresh = await story.permitted(await story.typeset())
    expect(await refusalOf(keeper.call(contract.impress, { applicationId: fresh }))).toBe('seals.outside-list-stale')
    expect(await verify()).toMatchObject({ verdict: 'INDETERMINATE', seals: [{ revocation: 'stale', reasons: expect.arrayContaining([expect.objectContaining({ code: 'revocation-stale' })]) }] })
    expect((await (await story.as('maker')).call(contract.listLists, {})).lists.map(({ state }) => state)).toEqual(['stale'])
    await bring(await list(6, { from: 8, until: 15 }))
    expect(await verify()).toMatchObject({ verdict: 'VALID', seals: [{ revocation: 'good' }] })
    expect((await keeper.call(contract.impress, { applicationId: fresh })).verification.verdict).toBe('VALID')
  }, 90_000)

  test('a certificate revoked after the stamp leaves the seal VALID with a remark and seals nothing more; one revoked before condemns it', async () => {
    await bring(await list(7, { from: 8.001, until: 15, entries: [entry(begun + 8 * day)] }))
    const since = await verify()
    expect(since).toMatchObject({ verdict: 'VALID', seals: [{ revocation: 'revoked-since' }] })
    expect(since.seals[0]?.notes).toContain('certificate-revoked-since')
    const waiting = await story.permitted(await story.typeset())
    expect(await refusalOf((await story.as('keeper')).call(contract.impress, { applicationId: waiting }))).toBe('seals.outside-revoked')
    await bring(await list(8, { from: 8.002, until: 15, entries: [entry(begun - 1000)] }))
    const before = await verify()
    expect(before.verdict).toBe('INVALID')
    expect(before.seals[0]?.reasons.map(({ code }) => code)).toContain('certificate-revoked')
  }, 90_000)

  test('the list of an authority that was taken out of the store counts no more', async () => {
    const security = await story.as('maker')
    const { id } = (await security.call(contract.listTrust, {})).entries.find((each) => each.use === 'authority') ?? { id: null }
    if (id === null) throw new Error('the root is in the store')
    await security.call(contract.removeTrust, { id, reason: '机构停业' })
    await office.settle()
    expect((await security.call(contract.listLists, {})).lists.map(({ state }) => state)).toEqual(['untrusted'])
    expect((await readdir(join(office.dataDir, 'trust'))).filter((file) => /^outside-.*\.crl$/.test(file))).toEqual([])
    expect((await verify()).verdict).toBe('UNTRUSTED')
  })
})
