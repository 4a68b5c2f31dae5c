/** What comes from elsewhere: scans of seals, seals of outside authorities with their keys, and the trust store; each let in by more than one person. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, presentSealPng } from '@xiewen/crypto'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { aHolder, anOutsideSeal, drawing, type Holder, name, packed, pem } from './outside-authority.ts'
import { refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let outside: { readonly root: Holder; readonly maker: Holder; readonly signer: Holder; readonly esl: Uint8Array }

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  const root = await aHolder('root', '云岭省电子认证中心根证书', null)
  const [maker, signer] = [await aHolder('signer', '云岭省制章者', root), await aHolder('signer', name, root)]
  outside = { root, maker, signer, esl: await anOutsideSeal(maker, signer) }
})
afterAll(() => office.close())

/** Two administrators let a certificate in. */
async function trusted(certificate: Certificate, use: 'authority' | 'maker'): Promise<void> {
  const security = await story.as('maker')
  const known = (await security.call(contract.listTrust, {})).entries.some((entry) => entry.use === use && entry.state === 'trusted')
  if (known) return
  const { id } = await security.upload(contract.proposeTrust, { use }, pem(certificate))
  await (await office.as('sysadmin')).call(contract.confirmTrust, { id })
}

const handIn = async (esl: Uint8Array) => (await story.as('keeper')).upload(contract.readMaterial, { of: 'outside' }, esl)

describe('the trust store', () => {
  test('takes a certificate from one administrator and trusts it when another confirms, and not before', async () => {
    const security = await story.as('maker')
    expect(await refusalOf(handIn(outside.esl))).toBe('seals.outside-untrusted')
    const { id, fingerprint } = await security.upload(contract.proposeTrust, { use: 'authority' }, pem(outside.root.certificate))
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(await refusalOf(security.call(contract.confirmTrust, { id }))).toBe('base.not-allowed')
    expect((await security.call(contract.trust, {})).certificates).toHaveLength(0)
    await (await office.as('sysadmin')).call(contract.confirmTrust, { id })
    expect((await security.call(contract.trust, {})).certificates).toHaveLength(1)
    expect(await refusalOf((await office.as('sysadmin')).call(contract.confirmTrust, { id }))).toBe('seals.wrong-state')
    expect(await refusalOf(security.upload(contract.proposeTrust, { use: 'authority' }, outside.root.certificate.raw))).toBe('seals.trust-known')
    await office.settle()
    expect((await readdir(join(office.dataDir, 'trust'))).filter((file) => file.startsWith('outside-'))).toHaveLength(1)
    // A seal of a maker nobody has let in is not trusted under a trusted root either.
    expect(await refusalOf(handIn(outside.esl))).toBe('seals.outside-untrusted')
  })

  test('refuses what is no certificate, and one that may not be what it is wanted for', async () => {
    const security = await story.as('maker')
    const propose = (use: 'authority' | 'maker', body: Uint8Array) => refusalOf(security.upload(contract.proposeTrust, { use }, body))
    expect(await propose('authority', new TextEncoder().encode('hello'))).toBe('seals.trust-unreadable')
    expect(await propose('authority', outside.root.certificate.raw.subarray(0, 200))).toBe('seals.trust-unreadable')
    expect(await propose('authority', pem(outside.signer.certificate))).toBe('seals.trust-no-authority')
    expect(await propose('maker', pem(outside.root.certificate))).toBe('seals.trust-no-maker')
    for (const who of ['keeper', 'auditor', 'registrar'] as const) expect(await refusalOf((await story.as(who)).upload(contract.proposeTrust, { use: 'maker' }, pem(outside.maker.certificate)))).toBe('base.not-allowed')
    expect(await refusalOf((await story.as('keeper')).call(contract.listTrust, {}))).toBe('base.not-allowed')
  })
})

describe('a seal of an outside authority', () => {
  test('is made usable by keeper, approver and administrator, with its own key and certificate, and says where it comes from', async () => {
    await trusted(outside.root.certificate, 'authority')
    await trusted(outside.maker.certificate, 'maker')
    const material = await handIn(outside.esl)
    expect(material).toMatchObject({ name, maker: '云岭省制章者' })
    const keeper = await story.as('keeper')
    const { sealId } = await keeper.call(contract.propose, { materialId: material.materialId })
    await (await story.as('approver')).call(contract.approveSeal, { sealId })
    const security = await story.as('maker')
    expect(await refusalOf(security.call(contract.make, { sealId }))).toBe('seals.outside-needs-key')
    const bring = (file: string, password = 'secret') => security.call(contract.importKey, { sealId, file, password })
    expect(await refusalOf(bring(packed(outside.signer, office.dataDir), 'wrong'))).toBe('seals.outside-key-unreadable')
    expect(await refusalOf(bring(Buffer.from('hello').toString('base64')))).toBe('seals.outside-key-unreadable')
    expect(await refusalOf(bring(packed(await aHolder('signer', name, outside.root), office.dataDir)))).toBe('seals.outside-key-foreign')
    expect(await refusalOf((await story.as('keeper')).call(contract.importKey, { sealId, file: packed(outside.signer, office.dataDir), password: 'secret' }))).toBe('base.not-allowed')
    expect(await bring(packed(outside.signer, office.dataDir))).toEqual({ serial: outside.signer.certificate.serial })
    await keeper.call(contract.enable, { sealId })
    const documentId = await story.typeset()
    const { verification } = await keeper.call(contract.impress, { applicationId: await story.permitted(documentId) })
    expect(verification).toMatchObject({ verdict: 'VALID', seals: [{ origin: 'outside', makerName: '云岭省制章者', signerName: name, timeSource: 'time-stamp' }] })
    const [shown] = (await keeper.call(contract.list, {})).seals
    expect(shown).toMatchObject({ origin: 'outside', outsideMaker: '云岭省制章者', code: '53990000000007', state: 'active' })
    expect(await refusalOf(keeper.call(contract.askRenewal, { sealId, reason: '到期' }))).toBe('seals.outside-renewal')
    // Nobody says of an outside certificate that it is not revoked: its authority has not been asked.
    expect(verification.seals[0]?.revocation).toBe('unknown')
    const { id = '' } = (await security.call(contract.listTrust, {})).entries.find((entry) => entry.use === 'maker') ?? {}
    await security.call(contract.removeTrust, { id: id as Parameters<typeof security.call<typeof contract.removeTrust>>[1]['id'], reason: '机构停业' })
    // Of a file that is not VALID nothing is said that the register knows of it.
    expect(await security.upload(contract.verify, {}, await story.pdf(documentId))).toMatchObject({ verdict: 'UNTRUSTED', registered: null, seals: [{ state: null, origin: null }] })
    // What would not verify never leaves the house: the permit stays, and the other files of the same act are not held up.
    const applicationId = await story.permitted(await story.typeset())
    const { batchId } = await keeper.call(contract.startBatch, { orders: [{ applicationId }] })
    expect(await keeper.call(contract.impressTogether, { batchId })).toMatchObject({ done: 0, refused: 1 })
    expect((await keeper.call(contract.batch, {})).batch?.lines.map(({ verdict, refusal }) => [verdict, refusal?.code])).toEqual([[null, 'seals.cannot-be-sealed']])
    expect((await keeper.call(contract.application, { applicationId })).application.state).toBe('permitted')
  })

  test('is refused when it was altered, is none, bears another name, or has a picture that cannot be printed', async () => {
    await trusted(outside.maker.certificate, 'maker')
    const altered = outside.esl.slice()
    altered[120] = (altered[120] ?? 0) ^ 1
    expect(await refusalOf(handIn(altered))).toMatch(/seals\.outside-(untrusted|unreadable)/)
    expect(await refusalOf(handIn(new TextEncoder().encode('no seal')))).toBe('seals.outside-unreadable')
    expect(await refusalOf(handIn(await anOutsideSeal(await aHolder('signer', '冒牌制章者', null), outside.signer)))).toBe('seals.outside-untrusted')
    expect(await refusalOf(handIn(await anOutsideSeal(outside.maker, outside.signer, { type: 'ofd' })))).toBe('seals.outside-picture')
    const { materialId } = await handIn(await anOutsideSeal(outside.maker, outside.signer, { name: '云州市财政局' }))
    expect(await refusalOf((await story.as('keeper')).call(contract.propose, { kind: 'special', bottomLine: '专用章', materialId }))).toBe('seals.outside-other-name')
    // The seal is good, but nobody vouches for whom it names as its signer.
    const stranger = await aHolder('signer', name, await aHolder('root', '无名根证书', null))
    const odd = await handIn(await anOutsideSeal(outside.maker, stranger))
    const { sealId } = await (await story.as('keeper')).call(contract.propose, { kind: 'special', bottomLine: '合同专用章', materialId: odd.materialId })
    await (await story.as('approver')).call(contract.approveSeal, { sealId })
    expect(await refusalOf((await story.as('maker')).call(contract.importKey, { sealId, file: packed(stranger, office.dataDir), password: 'secret' }))).toBe('seals.outside-key-untrusted')
    // What somebody else handed in is nobody's to apply with.
    expect(await refusalOf((await story.as('officeKeeper')).call(contract.propose, { materialId }))).toBe('seals.unknown-material')
  })
})

describe('a scanned impression', () => {
  test('becomes the picture of the seal in the size of its class, is seen before approval, and made like any other', async () => {
    const keeper = await story.as('keeper')
    const { materialId } = await keeper.upload(contract.readMaterial, { of: 'scan' }, await presentSealPng(drawing, 400))
    const { sealId } = await keeper.call(contract.propose, { kind: 'special', bottomLine: '财务专用章', materialId })
    const seen = new TextDecoder().decode((await (await story.as('approver')).download(contract.picture, { sealId })).bytes)
    expect(seen).toContain('width="40mm" height="40mm"')
    await (await story.as('approver')).call(contract.approveSeal, { sealId })
    await (await story.as('maker')).call(contract.make, { sealId })
    expect(new TextDecoder().decode((await keeper.download(contract.picture, { sealId })).bytes)).toBe(seen)
    expect((await keeper.call(contract.list, {})).seals.find((seal) => seal.id === sealId)).toMatchObject({ origin: 'scanned', diameterMm: 40, state: 'filed' })
  })

  test('is refused when it is no picture, too small, not round, or without a seal', async () => {
    const keeper = await story.as('keeper')
    const scan = (body: Uint8Array) => refusalOf(keeper.upload(contract.readMaterial, { of: 'scan' }, body))
    expect(await scan(new TextEncoder().encode('no picture'))).toBe('seals.scan-unreadable')
    expect(await scan(await presentSealPng(drawing, 120))).toBe('seals.scan-small')
    expect(await scan(await presentSealPng(drawing, 800))).toBe('seals.scan-large')
    expect(await scan(await presentSealPng({ ...drawing, widthMm: 60, paths: [...drawing.paths, [{ kind: 'move', x: 50, y: 10 }, { kind: 'line', x: 58, y: 10 }, { kind: 'line', x: 58, y: 30 }, { kind: 'close' }]] }, 300))).toBe('seals.scan-not-round')
    expect(await scan(await presentSealPng({ widthMm: 42, heightMm: 42, paths: [] }, 300))).toBe('seals.scan-no-seal')
    expect(await refusalOf((await story.as('approver')).upload(contract.readMaterial, { of: 'scan' }, await presentSealPng(drawing, 400)))).toBe('base.not-allowed')
  })

  test('that nobody applies with is cleared away after a month, and not before', async () => {
    const keeper = await story.as('keeper')
    const { materialId } = await keeper.upload(contract.readMaterial, { of: 'scan' }, await presentSealPng(drawing, 320))
    const wish = { kind: 'special', bottomLine: '发票专用章', materialId } as const
    interface Aged {
      seal_material: { id: string; at: number; drawing: string }
      job: { name: string; state: string; due_at: number }
    }
    const drawingOf = async (id: string) => (await office.server.world.database.read((db) => tables<Aged>(db).selectFrom('seal_material').select('drawing').where('id', '=', id).executeTakeFirst()))?.drawing ?? ''
    // Safe because the column holds what the blob store answered.
    const isStored = (digest: string) => office.server.world.services.blobs.has(digest as Parameters<typeof office.server.world.services.blobs.has>[0])
    const { materialId: sameAgain } = await keeper.upload(contract.readMaterial, { of: 'scan' }, await presentSealPng(drawing, 320))
    const [own, other] = [await drawingOf(materialId), await drawingOf(sameAgain)]
    const age = (ms: number) => office.server.world.database.write(async (db) => {
      await tables<Aged>(db).updateTable('seal_material').set({ at: Date.now() - ms }).where('id', '=', materialId).execute()
      await tables<Aged>(db).updateTable('job').set({ due_at: 0 }).where('name', '=', 'seals.clear-material').where('state', '=', 'planned').execute()
    })
    await age(29 * 86_400_000)
    await office.settle()
    const { sealId } = await keeper.call(contract.propose, wish)
    await (await story.as('approver')).call(contract.refuseSeal, { sealId, reason: '不需要' })
    await age(31 * 86_400_000)
    await office.settle()
    expect(await refusalOf(keeper.call(contract.propose, wish))).toBe('seals.unknown-material')
    // Its picture is gone from the store; that of the same scan handed in once more is another's, and stays.
    expect([await isStored(own), await isStored(other)]).toEqual([false, true])
    // The seal that was applied for with it has its picture still.
    expect(new TextDecoder().decode((await keeper.download(contract.picture, { sealId })).bytes)).toContain('<svg')
  })
})
