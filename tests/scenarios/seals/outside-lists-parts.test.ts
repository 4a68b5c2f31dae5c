/** Partitioned lists of revoked certificates (分区吊销列表) of outside authorities: kept side by side, and counted where they are about the certificate. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueRevocationList, type RevocationListOrder, type RevokedEntry } from '@xiewen/crypto'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../../server/src/app/cli/main.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { enabledOutsideSeal, type Holder } from './outside-authority.ts'
import { refusalOf, SealStory } from './story.ts'

const day = 86_400_000
const begun = Date.now()
const address = 'http://crl.yunling.example/part-2.crl'
let office: TestOffice
let story: SealStory
let root: Holder
let signer: Holder
let sealed: Uint8Array

const list = (number: number, scope: RevocationListOrder['scope'] | null, entries: readonly RevokedEntry[] = []) =>
  issueRevocationList({ number, thisUpdate: begun + number, nextUpdate: begun + 7 * day, entries, ...(scope ? { scope } : {}) }, root)
const bring = async (file: Uint8Array) => (await story.as('maker')).upload(contract.importList, {}, file)
const verify = async () => {
  const { verdict, seals } = await (await story.as('keeper')).upload(contract.verify, {}, sealed)
  // Signer and maker are of one issuer: what its lists lack is said of both.
  return [verdict, seals[0]?.revocation, ...new Set(seals[0]?.reasons.map(({ code }) => code))]
}

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  ;({ root, signer } = await enabledOutsideSeal(office, story))
  const documentId = await story.typeset()
  await (await story.as('keeper')).call(contract.impress, { applicationId: await story.permitted(documentId) })
  sealed = await story.pdf(documentId)
}, 90_000)
afterAll(() => office.close())

describe('a partitioned list', () => {
  test('that is about others clears nobody, is told so in words, and stops the seal', async () => {
    await bring(await list(5, { holders: 'authorities' }))
    expect(await verify()).toEqual(['INDETERMINATE', 'unknown', 'revocation-list-other-kind'])
    await bring(await list(3, { addresses: [address] }))
    expect(await verify()).toEqual(['INDETERMINATE', 'unknown', 'revocation-list-elsewhere'])
    const applicationId = await story.permitted(await story.typeset())
    expect(await refusalOf((await story.as('keeper')).call(contract.impress, { applicationId }))).toBe('seals.outside-list-not-covering')
    await bring(await list(4, { holders: 'users' }))
    expect(await verify()).toEqual(['VALID', 'good'])
    expect((await (await story.as('keeper')).call(contract.impress, { applicationId })).verification.verdict).toBe('VALID')
  }, 60_000)

  test('stands beside the others of its issuer, each with its own count of numbers', async () => {
    const { lists, without } = await (await story.as('auditor')).call(contract.listLists, {})
    const part = (holders: string, where = '') => ({ holders, isSomeReasons: false, address: where })
    expect(lists.map((each) => [each.number, each.part, each.state]).toSorted()).toEqual([['3', part('all', address), 'valid'], ['4', part('users'), 'valid'], ['5', part('authorities'), 'valid']])
    expect(without).toEqual([])
    expect(await refusalOf(bring(await list(2, { addresses: [address] })))).toBe('seals.list-older')
    await bring(await list(6, { addresses: [address] }))
    expect((await (await story.as('auditor')).call(contract.listLists, {})).lists.map(({ number }) => number).toSorted()).toEqual(['4', '5', '6'])
  })

  test('lies ready for the command line, which judges alike', async () => {
    await office.settle()
    expect((await readdir(join(office.dataDir, 'trust'))).filter((name) => /^outside-.*\.crl$/.test(name))).toHaveLength(3)
    const file = join(office.dataDir, 'sealed.pdf')
    await writeFile(file, sealed)
    const lines: string[] = []
    await runCli(['verify', file, '--data', office.dataDir], { out: (text) => void lines.push(text), err: (text) => void lines.push(text) })
    expect(lines.join('\n')).toMatch(/^VALID/)
  })

  test('condemns at once whom its next number names', async () => {
    await bring(await list(7, { holders: 'users' }, [{ serial: signer.certificate.serial, revokedAt: begun - 1000, reason: 'keyCompromise' }]))
    expect((await verify()).slice(0, 2)).toEqual(['INVALID', 'revoked'])
  })

  test('counts no more, and leaves the folder of trust, when its authority is taken out of the store', async () => {
    const security = await story.as('maker')
    const { id } = (await security.call(contract.listTrust, {})).entries.find((each) => each.use === 'authority') ?? { id: null }
    if (id === null) throw new Error('the root is in the store')
    await security.call(contract.removeTrust, { id, reason: '机构停业' })
    await office.settle()
    expect(new Set((await security.call(contract.listLists, {})).lists.map(({ state }) => state))).toEqual(new Set(['untrusted']))
    expect((await readdir(join(office.dataDir, 'trust'))).filter((name) => /^outside-.*\.crl$/.test(name))).toEqual([])
  })
})
