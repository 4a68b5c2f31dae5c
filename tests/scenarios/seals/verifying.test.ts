/** The sealed file in the hands of strangers: an independent check, and what any changed byte leads to. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exportSpki, parseCertificate, parseSealSignature, sm3, toHex, verifyFile } from '@xiewen/crypto'
import { ApiClient } from '@xiewen/server'
import { type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from './story.ts'

const run = promisify(execFile)
let office: TestOffice
let story: SealStory
let sealId: SealId
let sealed: Uint8Array
let anyone: ApiClient

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  sealId = await story.enabledSeal()
  const documentId = await story.typeset()
  const applicationId = await story.permitted(documentId)
  await (await story.as('keeper')).call(contract.impress, { applicationId })
  sealed = await story.pdf(documentId)
  anyone = new ApiClient(office.server.url)
  await office.settle()
})
afterAll(() => office.close())

/** The SES signature in the file, and the bytes its digest covers. */
function signatureOf(bytes: Uint8Array) {
  const text = Buffer.from(bytes).toString('latin1')
  const range = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(text)
  if (!range) throw new Error('no signature in the file')
  const [a, b, c, d] = [Number(range[1]), Number(range[2]), Number(range[3]), Number(range[4])]
  const hex = text.slice(a + b + 1, c - 1)
  const der = Buffer.from(hex, 'hex')
  const size = 4 + der.readUInt16BE(2)
  return { signature: parseSealSignature(der.subarray(0, size)), covered: [bytes.subarray(a, a + b), bytes.subarray(c, c + d)] as const, hole: [a + b, c] as const }
}

describe('the sealed file', () => {
  test('openssl agrees with the signature, and the signed digest is that of every byte outside the signature', async () => {
    const { signature, covered, hole } = signatureOf(sealed)
    expect(hole[0]).toBe(covered[0].length)
    expect(covered[0].length + covered[1].length + (hole[1] - hole[0])).toBe(sealed.length)
    expect(toHex(signature.dataHash)).toBe(toHex(sm3(covered[0], covered[1])))

    const dir = await mkdtemp(join(tmpdir(), 'xiewen-seal-'))
    try {
      const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(exportSpki(signature.certificate.publicKey)).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`
      await writeFile(join(dir, 'key.pem'), pem)
      await writeFile(join(dir, 'signed'), signature.toSign)
      await writeFile(join(dir, 'signature'), signature.signature)
      const { stdout } = await run('openssl', ['dgst', '-sm3', '-verify', join(dir, 'key.pem'), '-sigopt', 'distid:1234567812345678', '-signature', join(dir, 'signature'), join(dir, 'signed')])
      expect(stdout.trim()).toBe('Verified OK')
    } finally {
      await rm(dir, { recursive: true })
    }
  })

  test('the certificates laid out for the command line are enough to find it VALID, and without them nobody is trusted', async () => {
    const dir = join(office.dataDir, 'trust')
    const names = (await readdir(dir)).filter((name) => name.endsWith('.cer')).toSorted()
    expect(names).toEqual(['issuing.cer', 'maker.cer', 'root.cer'])
    const trust = await Promise.all(names.map(async (name) => parseCertificate(await readFile(join(dir, name)))))
    expect((await verifyFile(sealed, { trust, at: Date.now() })).verdict).toBe('VALID')
    expect((await verifyFile(sealed, { trust: [], at: Date.now() })).verdict).toBe('UNTRUSTED')
    for (const certificate of trust) expect(certificate.subject.text).toContain('本单位自制印章（未经认证）')
  })

  test('no changed byte is ever VALID or registered', async () => {
    const { hole } = signatureOf(sealed)
    const places = [0, 9, 100, Math.floor(hole[0] / 2), hole[0] - 1, hole[0] + 200, hole[0] + 2000, hole[1] + 5, sealed.length - 8, sealed.length - 30]
    for (const place of places) {
      const changed = sealed.slice()
      changed[place] = (changed[place] ?? 0) ^ 0x01
      const seen = await anyone.upload(contract.verify, {}, changed)
      expect(seen.verdict, `byte ${place}`).not.toBe('VALID')
      expect(seen.registered, `byte ${place}`).toBeNull()
    }
    const grown = new Uint8Array([...sealed, ...new TextEncoder().encode('\n% more\n')])
    expect(await anyone.upload(contract.verify, {}, grown)).toMatchObject({ verdict: 'CHANGED_AFTER', registered: null })
    expect(await anyone.upload(contract.verify, {}, sealed.slice(0, sealed.length - 100))).toMatchObject({ registered: null })
    expect(await anyone.upload(contract.verify, {}, new TextEncoder().encode('not a PDF'))).toMatchObject({ verdict: 'INDETERMINATE', reasons: [{ code: 'unknown-kind' }] })
  }, 60_000)

  test('another office does not trust it, and shows no registration', async () => {
    const elsewhere = await anOffice()
    try {
      const seen = await new ApiClient(elsewhere.server.url).upload(contract.verify, {}, sealed)
      expect(seen).toMatchObject({ verdict: 'UNTRUSTED', registered: null, seals: [{ state: null }] })
    } finally {
      await elsewhere.close()
    }
  }, 60_000)

  test('a destroyed seal is revoked, its key is gone, and what it sealed before stays VALID with a remark', async () => {
    await (await story.as('keeper')).call(contract.askDestruction, { sealId, reason: '机构更名' })
    await (await story.as('maker')).call(contract.destroy, { sealId, reason: '机构更名' })
    await office.settle()
    const { revocations } = await anyone.call(contract.revocations, {})
    expect(revocations).toMatchObject([{ sealName: '云州市政务服务数据管理局' }])
    expect(await office.server.world.services.keys.find(`seal:${sealId}`)).toBeNull()
    const seen = await anyone.upload(contract.verify, {}, sealed)
    expect(seen).toMatchObject({ verdict: 'VALID', seals: [{ state: 'destroyed', notes: expect.arrayContaining(['certificate-revoked-since']) }] })
    expect(await refusalOf((await story.as('maker')).call(contract.destroy, { sealId, reason: '再来一次' }))).toBe('seals.wrong-state')
  })
})
