/** The services of the installation's own authority, asked as any program would ask them: lists of revoked certificates, certificate status,
 * time stamps. openssl reads and checks what it can of each. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  buildStatusRequest, buildTimestampRequest, type Certificate, exportSpki, fromBase64, fromHex, isListSignedBy, parseCertificate, parseRevocationList, parseTimestampResponse, readStatusResponse,
  verifyChain, verifyFile, verifyTimestamp,
} from '@xiewen/crypto'
import { addDays, civilDate, instant, pathOf, startOfDay } from '@xiewen/shared/base'
import { ApiClient } from '@xiewen/server'
import { type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCertificate } from '../../../server/src/seals/custody.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { SealStory } from './story.ts'

const run = promisify(execFile)
const clock = { at: startOfDay(civilDate('2026-11-23')) + 9 * 3_600_000 }
let office: TestOffice
let story: SealStory
let sealId: SealId
let sealed: Uint8Array
let trust: Record<'root' | 'issuing' | 'maker', Certificate>
let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'xiewen-trust-'))
  office = await anOffice({ clock: { now: () => instant(clock.at) } })
  story = new SealStory(office)
  sealId = await story.enabledSeal()
  const documentId = await story.typeset()
  await (await story.as('keeper')).call(contract.impress, { applicationId: await story.permitted(documentId) })
  sealed = await story.pdf(documentId)
  await office.settle()
  const read = async (name: string) => parseCertificate(await readFile(join(office.dataDir, 'trust', `${name}.cer`)))
  trust = { root: await read('root'), issuing: await read('issuing'), maker: await read('maker') }
})
afterAll(async () => {
  await office.close()
  await rm(scratch, { recursive: true })
})

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(join(scratch, name), bytes)
  return join(scratch, name)
}

async function openssl(...parts: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('openssl', [...parts])
  return stdout + stderr
}

/** What openssl says about an answer that refuses; it leaves with an error then. */
async function opensslError(...parts: readonly string[]): Promise<string> {
  const error: unknown = await run('openssl', [...parts]).catch((cause: unknown) => cause)
  return error instanceof Error && 'stdout' in error && 'stderr' in error ? `${String(error.stdout)}${String(error.stderr)}` : ''
}

const pem = (label: string, der: Uint8Array): string => `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`

/** What a program outside gets that knows nothing of our headers and sessions. */
async function ask(path: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly type: string; readonly bytes: Uint8Array }> {
  const response = await fetch(`${office.server.url}${path}`, init)
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes: new Uint8Array(await response.arrayBuffer()) }
}
const post = (path: string, type: string, body: Uint8Array) => ask(path, { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(body) })

async function sealCertificate(): Promise<Certificate> {
  const report = await verifyFile(sealed, { trust: Object.values(trust), at: clock.at })
  const serial = report.signatures[0]?.signer?.serial ?? ''
  const record = await office.server.read((ctx) => findCertificate(ctx.db, serial))
  return parseCertificate(fromHex(record?.certificate ?? ''))
}

describe('lists of revoked certificates', () => {
  test('are published to anyone and beside the certificates, signed by their issuer, and openssl agrees', async () => {
    const answer = await ask(pathOf(contract.revocationList))
    expect(answer).toMatchObject({ status: 200, type: 'application/pkix-crl' })
    const list = parseRevocationList(answer.bytes)
    expect(isListSignedBy(list, trust.issuing)).toBe(true)
    expect(Buffer.from(answer.bytes).equals(await readFile(join(office.dataDir, 'trust', 'issuing.crl')))).toBe(true)
    const root = parseRevocationList((await ask(`${pathOf(contract.revocationList)}?of=root`)).bytes)
    expect(isListSignedBy(root, trust.root)).toBe(true)
    expect((await readdir(join(office.dataDir, 'trust'))).filter((name) => name.endsWith('.crl')).toSorted()).toEqual(['issuing.crl', 'root.crl'])

    const file = await put('issuing.crl', answer.bytes)
    expect(await openssl('crl', '-inform', 'DER', '-in', file, '-noout', '-text')).toContain('CRL Number')
    const key = await put('issuing.pem', pem('PUBLIC KEY', exportSpki(trust.issuing.publicKey)))
    const signature = await put('issuing.sig', list.signature)
    expect(await openssl('dgst', '-sm3', '-verify', key, '-sigopt', 'distid:1234567812345678', '-signature', signature, await put('issuing.tbs', list.tbs))).toContain('Verified OK')
  })
})

describe('time stamps', () => {
  test('stand over every impression, by the office’s own service, and decide the time of the seal', async () => {
    const [signature] = (await verifyFile(sealed, { trust: Object.values(trust), at: clock.at, needs: { timeStamp: true } })).signatures
    expect(signature).toMatchObject({ verdict: 'VALID', time: { source: 'time-stamp', authority: '云州市自建时间戳服务' } })
    const seen = await new ApiClient(office.server.url).upload(contract.verify, {}, sealed)
    expect(seen.seals).toMatchObject([{ timeSource: 'time-stamp', timeAuthority: '云州市自建时间戳服务' }])
  })

  test('are given to anyone over a digest; openssl reads the answer and finds it to be over the data', async () => {
    const data = await put('data', 'letter')
    const query = join(scratch, 'query.tsq')
    await openssl('ts', '-query', '-data', data, '-sm3', '-cert', '-out', query)
    const answer = await post(pathOf(contract.timestamp), 'application/timestamp-query', await readFile(query))
    expect(answer).toMatchObject({ status: 200, type: 'application/timestamp-reply' })
    const stamp = verifyTimestamp(parseTimestampResponse(answer.bytes), new TextEncoder().encode('letter'))
    expect(stamp.at).toBe(clock.at)
    expect(verifyChain(stamp.service, { trust: Object.values(trust), at: stamp.at, purpose: 'timestamp' }).problems).toEqual([])
    const text = await openssl('ts', '-reply', '-in', await put('reply.tsr', answer.bytes), '-text')
    expect(text).toContain('Status: Granted.')
    expect(text).toContain('Hash Algorithm: sm3')
  })

  test('have each a number of their own and carry the nonce that was sent', async () => {
    const stamps = await Promise.all([1n, 2n].map(async (nonce) => {
      const answer = await post(pathOf(contract.timestamp), 'application/timestamp-query', buildTimestampRequest(new Uint8Array(32), 2n ** 64n + nonce))
      return verifyTokenOver(answer.bytes)
    }))
    expect(new Set(stamps.map(({ serial }) => serial)).size).toBe(2)
    expect(stamps.map(({ nonce }) => nonce)).toEqual([2n ** 64n + 1n, 2n ** 64n + 2n])
  })

  test('are refused in the protocol’s own words for what is no request or no SM3', async () => {
    const refused = async (body: Uint8Array): Promise<string> => {
      const answer = await post(pathOf(contract.timestamp), 'application/timestamp-query', body)
      expect(answer).toMatchObject({ status: 200, type: 'application/timestamp-reply' })
      return openssl('ts', '-reply', '-in', await put('refused.tsr', answer.bytes), '-text')
    }
    expect(await refused(new TextEncoder().encode('nonsense'))).toContain('Status: Rejected.')
    const query = join(scratch, 'sha.tsq')
    await openssl('ts', '-query', '-data', await put('data', 'letter'), '-sha256', '-out', query)
    expect(await refused(await readFile(query))).toContain('unrecognized or unsupported algorithm')
    expect((await post(pathOf(contract.timestamp), 'application/timestamp-query', new Uint8Array(20_000))).status).toBe(413)
    expect((await post(pathOf(contract.timestamp), 'text/plain', new Uint8Array(2))).status).toBe(415)
  })
})

/** A token over a digest of zeros cannot be checked over data; its fields are read all the same. */
function verifyTokenOver(answer: Uint8Array): { readonly serial: bigint; readonly nonce: bigint | null } {
  const token = Buffer.from(parseTimestampResponse(answer))
  const nonce = /0209(01[0-9a-f]{16})/.exec(token.toString('hex'))?.[1]
  const serial = /0210(01[0-9a-f]{30})/.exec(token.toString('hex'))?.[1]
  return { serial: BigInt(`0x${serial ?? '0'}`), nonce: nonce === undefined ? null : BigInt(`0x${nonce}`) }
}

describe('certificate status', () => {
  const nonce = new TextEncoder().encode('0123456789abcdef')
  const statusOf = async (certificate: Certificate) => {
    const answer = await post(pathOf(contract.ocsp), 'application/ocsp-request', buildStatusRequest(certificate, trust.issuing, nonce))
    expect(answer).toMatchObject({ status: 200, type: 'application/ocsp-response' })
    return readStatusResponse(answer.bytes, { certificate, issuer: trust.issuing, nonce, at: clock.at })
  }

  test('is good for a seal in use, asked with POST and GET, by us and by openssl', async () => {
    const certificate = await sealCertificate()
    expect(await statusOf(certificate)).toEqual({ kind: 'good' })
    const request = Buffer.from(buildStatusRequest(certificate, trust.issuing, nonce)).toString('base64')
    const got = await ask(`${pathOf(contract.ocsp)}/${encodeURIComponent(request)}`)
    expect(readStatusResponse(got.bytes, { certificate, issuer: trust.issuing, nonce, at: clock.at })).toEqual({ kind: 'good' })
    const files = [await put('seal.pem', pem('CERTIFICATE', certificate.raw)), await put('issuer.pem', pem('CERTIFICATE', trust.issuing.raw))] as const
    const reply = join(scratch, 'reply.ocsp')
    // openssl 3.0 asks with SHA-1 names and cannot check SM2 signatures of responders; it reads the answer.
    const text = await openssl('ocsp', '-issuer', files[1], '-cert', files[0], '-url', `${office.server.url}${pathOf(contract.ocsp)}`, '-noverify', '-respout', reply, '-resp_text')
    expect(text).toContain('OCSP Response Status: successful')
    expect(text).toContain('Cert Status: good')
  })

  test('is unknown for what was never issued here, and refused for another issuer or what is no request', async () => {
    const never: Certificate = { ...(await sealCertificate()), serial: '7f00' }
    expect(await statusOf(never)).toEqual({ kind: 'unknown' })
    const other = await post(pathOf(contract.ocsp), 'application/ocsp-request', buildStatusRequest(never, trust.root, nonce))
    expect(await opensslError('ocsp', '-respin', await put('other.ocsp', other.bytes), '-noverify', '-resp_text')).toContain('unauthorized')
    const broken = await post(pathOf(contract.ocsp), 'application/ocsp-request', new TextEncoder().encode('?'))
    expect(await opensslError('ocsp', '-respin', await put('broken.ocsp', broken.bytes), '-noverify', '-resp_text')).toContain('malformedrequest')
  })

  test('and the list say so at once when the seal is destroyed, while the stamped impression of before stays VALID for years', async () => {
    const certificate = await sealCertificate()
    const number = parseRevocationList((await ask(pathOf(contract.revocationList))).bytes).number ?? 0n
    await (await story.as('keeper')).call(contract.askDestruction, { sealId, reason: '机构撤销' })
    clock.at += 60_000
    await (await story.as('maker')).call(contract.destroy, { sealId, reason: '机构撤销' })
    await office.settle()
    expect(await statusOf(certificate)).toMatchObject({ kind: 'revoked', revokedAt: clock.at })
    const list = parseRevocationList((await ask(pathOf(contract.revocationList))).bytes)
    expect(list.number).toBe(number + 1n)
    expect(list.entries).toMatchObject([{ serial: certificate.serial, revokedAt: clock.at, reason: 'cessationOfOperation' }])
    const years = { trust: Object.values(trust), revocationLists: [list], at: clock.at + 3 * 365 * 86_400_000 }
    expect(await verifyFile(sealed, years)).toMatchObject({ verdict: 'VALID', signatures: [{ revocation: 'revoked-since' }] })
  })

  test('the page that verifies in a browser is given the lists', async () => {
    const { lists } = await new ApiClient(office.server.url).call(contract.trust, {})
    expect(lists.map((each) => parseRevocationList(fromBase64(each)).issuer.commonName)).toEqual(['云州市自建签发证书', '云州市自建根证书'])
  })
})

describe('lists, last of all because a day passes and the sessions lapse,', () => {
  test('are issued anew every day, with a greater number, and by themselves', async () => {
    const before = parseRevocationList((await ask(pathOf(contract.revocationList))).bytes)
    clock.at = startOfDay(addDays(civilDate('2026-11-23'), 1)) + 2 * 3_600_000
    await office.settle()
    const after = parseRevocationList((await ask(pathOf(contract.revocationList))).bytes)
    expect(after.number).toBe((before.number ?? 0n) + 1n)
    expect(after.thisUpdate).toBe(clock.at)
    await office.settle()
    expect(parseRevocationList((await ask(pathOf(contract.revocationList))).bytes).number).toBe(after.number)
  })
})
