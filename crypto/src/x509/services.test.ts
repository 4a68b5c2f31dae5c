import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { softwareKey } from '../keys/software-key.ts'
import { exportSpki } from '../keys/pkcs8.ts'
import type { KeyHandle } from '../ports.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import type { Certificate } from './certificate.ts'
import { verifyChain } from './chain.ts'
import { type CertificateProfile, issueCertificate } from './issue.ts'
import {
  buildStatusError,
  buildStatusRequest,
  buildStatusResponse,
  parseStatusRequest,
  readStatusResponse,
} from './ocsp.ts'
import { buildCertificateRequest, parseCertificateRequest } from './request.ts'
import { isListSignedBy, issueRevocationList, parseRevocationList, revocationsOf } from './revocation-list.ts'

interface Holder {
  readonly key: KeyHandle
  readonly certificate: Certificate
}

const start = Date.UTC(2026, 0, 1)
const end = Date.UTC(2030, 0, 1)
const noon = Date.UTC(2026, 5, 1, 12)
const folder = mkdtempSync(join(tmpdir(), 'xiewen-x509-'))
afterAll(() => rmSync(folder, { recursive: true }))

function openssl(...parts: readonly string[]): string {
  return execFileSync('openssl', [...parts], { stdio: ['ignore', 'pipe', 'pipe'] }).toString()
}

function put(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

async function aHolder(profile: CertificateProfile, commonName: string, issuer: Holder | null): Promise<Holder> {
  const key = softwareKey(generateSm2KeyPair().privateKey)
  const order = {
    profile,
    subject: { commonName },
    publicKey: key.publicKey,
    notBefore: start,
    notAfter: end,
    crlUrl: 'http://ca.example.gov.cn/1.crl',
    ocspUrl: 'http://ca.example.gov.cn/ocsp',
  }
  return { key, certificate: await issueCertificate(order, issuer ?? { key, certificate: null }) }
}

let root: Holder
let signer: Holder
let responder: Holder
beforeAll(async () => {
  root = await aHolder('root', '云岭市根证书', null)
  signer = await aHolder('signer', '李文书', root)
  responder = await aHolder('ocsp', '证书状态服务', root)
})

describe('certificate requests', () => {
  test('are read back, and openssl confirms the signature', async () => {
    const request = await buildCertificateRequest({ commonName: '王科长', country: 'CN' }, signer.key)
    expect(parseCertificateRequest(request)).toMatchObject({
      publicKey: signer.key.publicKey,
      subject: { commonName: '王科长' },
    })
    const file = put('request.der', request)
    const text = openssl(
      'req',
      '-inform',
      'DER',
      '-in',
      file,
      '-verify',
      '-noout',
      '-vfyopt',
      'distid:1234567812345678',
      '-subject',
      '-nameopt',
      'utf8',
    )
    expect(text).toContain('王科长')
  })

  test('signed by another key are refused', async () => {
    const request = await buildCertificateRequest({ commonName: '王科长' }, signer.key)
    const stranger = exportSpki(generateSm2KeyPair().publicKey)
    const at = Buffer.from(request).indexOf(Buffer.from(exportSpki(signer.key.publicKey)))
    const forged = Uint8Array.from(request)
    forged.set(stranger, at)
    expect(() => parseCertificateRequest(forged)).toThrow('certificate.malformed')
  })
})

describe('revocation lists', () => {
  const order = (serial: string): Parameters<typeof issueRevocationList>[0] => ({
    number: 7,
    thisUpdate: noon,
    nextUpdate: noon + 86_400_000,
    entries: [{ serial, revokedAt: noon - 1000, reason: 'keyCompromise' }],
  })

  test('revoke in verifyChain, are read by openssl and confirmed by it', async () => {
    const bytes = await issueRevocationList(order(signer.certificate.serial), root)
    const list = parseRevocationList(bytes)
    expect(list).toMatchObject({
      number: 7n,
      thisUpdate: noon,
      entries: [{ reason: 'keyCompromise', revokedAt: noon - 1000 }],
    })
    expect(isListSignedBy(list, root.certificate)).toBe(true)
    const request = { trust: [root.certificate], at: noon, revoked: revocationsOf(list) }
    expect(verifyChain(signer.certificate, request).problems.map(({ code }) => code)).toEqual(['certificate-revoked'])
    expect(verifyChain(signer.certificate, { ...request, at: noon - 2000 }).problems).toEqual([])
    const text = openssl('crl', '-inform', 'DER', '-in', put('list.crl', bytes), '-noout', '-text')
    expect(text).toContain('Key Compromise')
    expect(text.toLowerCase().replaceAll(/[:\s]/g, '')).toContain(signer.certificate.serial)
    openssl(
      'x509',
      '-inform',
      'DER',
      '-in',
      put('root.der', root.certificate.raw),
      '-pubkey',
      '-noout',
      '-out',
      join(folder, 'root.pem'),
    )
    const signature = put('list.sig', list.signature)
    const verdict = openssl(
      'dgst',
      '-sm3',
      '-verify',
      join(folder, 'root.pem'),
      '-sigopt',
      'distid:1234567812345678',
      '-signature',
      signature,
      put('list.tbs', list.tbs),
    )
    expect(verdict).toContain('Verified OK')
  })

  test('of another issuer or with a changed byte are not accepted', async () => {
    const bytes = await issueRevocationList(order('05'), root)
    expect(isListSignedBy(parseRevocationList(bytes), signer.certificate)).toBe(false)
    const changed = Uint8Array.from(bytes)
    const at = Buffer.from(changed).indexOf(Buffer.from('20260601'.slice(2)))
    changed[at + 5] = 0x32
    expect(isListSignedBy(parseRevocationList(changed), root.certificate)).toBe(false)
  })

  test('a list of many entries is written and read', async () => {
    const entries = Array.from({ length: 150_000 }, (_, n) => ({ serial: (n + 0x100000).toString(16), revokedAt: noon - 1000, reason: 'unspecified' as const }))
    const list = parseRevocationList(await issueRevocationList({ ...order('05'), entries }, root))
    expect([list.entries.length, list.entries.at(-1)]).toEqual([150_000, entries.at(-1)])
    expect(isListSignedBy(list, root.certificate)).toBe(true)
  }, 30_000)

  test('an empty list is a list', async () => {
    const list = parseRevocationList(await issueRevocationList({ ...order('05'), entries: [] }, root))
    expect(list.entries).toEqual([])
    expect(isListSignedBy(list, root.certificate)).toBe(true)
  })
})

describe('status answers', () => {
  const nonce = utf8('0123456789abcdef')
  const answer = async (
    status: { readonly kind: 'good' } | { readonly kind: 'revoked'; readonly revokedAt: number },
  ): Promise<Uint8Array> => {
    const request = parseStatusRequest(buildStatusRequest(signer.certificate, root.certificate, nonce))
    const [id] = request.ids
    return buildStatusResponse(
      [{ id: id?.raw ?? nonce, status, thisUpdate: noon, nextUpdate: noon + 3_600_000 }],
      request,
      { ...responder, producedAt: noon },
    )
  }
  const expectation = (): Parameters<typeof readStatusResponse>[1] => ({
    certificate: signer.certificate,
    issuer: root.certificate,
    nonce,
    at: noon + 1000,
  })

  test('good and revoked come back, and openssl reads both messages', async () => {
    expect(readStatusResponse(await answer({ kind: 'good' }), expectation())).toEqual({ kind: 'good' })
    const revoked = await answer({ kind: 'revoked', revokedAt: noon - 5000 })
    expect(readStatusResponse(revoked, expectation())).toEqual({ kind: 'revoked', revokedAt: noon - 5000 })
    const request = put('request.ocsp', buildStatusRequest(signer.certificate, root.certificate, nonce))
    expect(openssl('ocsp', '-reqin', request, '-req_text').toLowerCase()).toContain(
      `serial number: ${signer.certificate.serial}`,
    )
    const text = openssl('ocsp', '-respin', put('answer.ocsp', revoked), '-noverify', '-resp_text')
    expect(text).toContain('Cert Status: revoked')
  })

  test('for another request, time, certificate or by another signer are refused', async () => {
    const good = await answer({ kind: 'good' })
    const refuses = (change: Partial<Parameters<typeof readStatusResponse>[1]>): void => {
      expect(() => readStatusResponse(good, { ...expectation(), ...change })).toThrow('ocsp.malformed')
    }
    refuses({ nonce: utf8('fedcba9876543210') })
    refuses({ at: noon - 1000 })
    refuses({ at: noon + 3_700_000 })
    refuses({ certificate: responder.certificate })
    refuses({ issuer: signer.certificate })
    expect(() => readStatusResponse(buildStatusError(3), expectation())).toThrow('ocsp.malformed')
    const request = { nonce }
    const [id] = parseStatusRequest(buildStatusRequest(signer.certificate, root.certificate, nonce)).ids
    const single = {
      id: id?.raw ?? nonce,
      status: { kind: 'good' } as const,
      thisUpdate: noon,
      nextUpdate: noon + 3_600_000,
    }
    // A document signer of the same authority is no responder.
    const forged = await buildStatusResponse([single], request, { ...signer, producedAt: noon })
    expect(() => readStatusResponse(forged, expectation())).toThrow('ocsp.malformed')
  })
})

test('service certificates sign nothing but their answers, and encryption certificates nothing at all', async () => {
  const trust = [root.certificate]
  const codes = (certificate: Certificate, purpose?: 'document' | 'timestamp' | 'ocsp'): readonly string[] =>
    verifyChain(certificate, { trust, at: noon, ...(purpose === undefined ? {} : { purpose }) }).problems.map(
      ({ code }) => code,
    )
  const stamping = await aHolder('timestamp', '时间戳服务', root)
  const encryption = await aHolder('encryption', '加密证书', root)
  expect(codes(signer.certificate)).toEqual([])
  expect(codes(stamping.certificate, 'timestamp')).toEqual([])
  expect(codes(responder.certificate, 'ocsp')).toEqual([])
  for (const [certificate, purpose] of [
    [stamping.certificate, 'document'],
    [responder.certificate, 'document'],
    [responder.certificate, 'timestamp'],
    [signer.certificate, 'timestamp'],
    [signer.certificate, 'ocsp'],
    [encryption.certificate, 'document'],
  ] as const) {
    expect(codes(certificate, purpose)).toEqual(['certificate-key-usage'])
  }
  const text = openssl(
    'x509',
    '-inform',
    'DER',
    '-in',
    put('stamping.der', stamping.certificate.raw),
    '-noout',
    '-text',
  )
  for (const part of ['Time Stamping', 'http://ca.example.gov.cn/1.crl', 'OCSP - URI:http://ca.example.gov.cn/ocsp'])
    expect(text).toContain(part)
  expect(toHex(stamping.certificate.publicKey)).toBe(toHex(stamping.key.publicKey))
})
