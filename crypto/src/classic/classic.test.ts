import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { exportPkcs8, importPkcs8 } from '../keys/pkcs8.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { parseClassicCertificate, verifyClassicChain } from './certificate.ts'
import { importPkcs12 } from './pkcs12.ts'
import { buildClassicSignedData, classicSigner } from './signed-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'xiewen-classic-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const openssl = (...parts: readonly string[]): string =>
  execFileSync('openssl', [...parts], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder }).toString()
const der = (name: string): Uint8Array => {
  openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  return readFileSync(at(`${name}.der`))
}
const kinds = ['rsa', 'p256', 'p384'] as const
const newKey = {
  rsa: ['rsa:2048'],
  p256: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
}

beforeAll(() => {
  writeFileSync(
    at('leaf.cnf'),
    'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n',
  )
  for (const kind of kinds) {
    openssl(
      'req',
      '-x509',
      '-newkey',
      ...newKey[kind],
      '-nodes',
      '-keyout',
      `${kind}-ca.key`,
      '-out',
      `${kind}-ca.pem`,
      '-days',
      '30',
      '-subj',
      `/CN=${kind} CA`,
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    )
    openssl(
      'req',
      '-new',
      '-newkey',
      ...newKey[kind],
      '-nodes',
      '-keyout',
      `${kind}.key`,
      '-out',
      `${kind}.csr`,
      '-subj',
      `/CN=${kind} signer`,
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${kind}.csr`,
      '-CA',
      `${kind}-ca.pem`,
      '-CAkey',
      `${kind}-ca.key`,
      '-CAcreateserial',
      '-days',
      '20',
      '-extfile',
      'leaf.cnf',
      '-out',
      `${kind}.pem`,
    )
    openssl('pkcs8', '-topk8', '-nocrypt', '-in', `${kind}.key`, '-outform', 'DER', '-out', `${kind}.p8`)
  }
}, 60_000)

describe.each(kinds)('%s', (kind) => {
  test('a chain that openssl made is accepted, and refused when changed, expired or of another root', async () => {
    const [leaf, root] = [parseClassicCertificate(der(kind)), parseClassicCertificate(der(`${kind}-ca`))]
    const now = Date.now()
    const judge = async (
      certificate: typeof leaf,
      trust: readonly (typeof leaf)[],
      when = now,
    ): Promise<readonly string[]> =>
      (await verifyClassicChain(certificate, { trust, at: when })).problems.map(({ code }) => code)
    expect(await judge(leaf, [root])).toEqual([])
    expect(await judge(leaf, [])).toEqual(['chain-untrusted'])
    expect(await judge(leaf, [parseClassicCertificate(der(kind === 'rsa' ? 'p256-ca' : 'rsa-ca'))])).toEqual([
      'chain-untrusted',
    ])
    expect(await judge(leaf, [root], now + 25 * 86_400_000)).toEqual(['certificate-expired'])
    expect(await judge(root, [root])).toEqual(['certificate-key-usage'])
    const changed = { ...leaf, tbs: Uint8Array.from(leaf.tbs, (byte, i) => (i === 40 ? byte ^ 1 : byte)) }
    expect(await judge(changed, [root])).toEqual(['chain-untrusted'])
    // A leaf is no authority, whatever it signed.
    expect(await judge({ ...leaf, issuer: leaf.subject }, [leaf])).toContain('chain-untrusted')
  })

  test.each(['pades', 'pkcs7'] as const)(
    'openssl verifies a %s signature and refuses it over other data',
    async (profile) => {
      const signer = await classicSigner(readFileSync(at(`${kind}.p8`)), [der(kind), der(`${kind}-ca`)])
      const data = utf8('公文正文')
      const stamp = (signature: Uint8Array): Promise<Uint8Array> => {
        expect(signature.length).toBeGreaterThan(60)
        return Promise.resolve(Uint8Array.of(0x30, 0))
      }
      const signed = await buildClassicSignedData(
        { data, profile, signedAt: Date.now(), ...(profile === 'pades' ? { stamp } : {}) },
        signer,
      )
      writeFileSync(at('data'), data)
      writeFileSync(at('data.p7s'), signed)
      const parts = [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'data.p7s',
        '-CAfile',
        `${kind}-ca.pem`,
        '-purpose',
        'any',
        '-out',
        'out',
        '-content',
      ]
      openssl(...parts, 'data')
      const text = openssl('cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'data.p7s', '-noout')
      expect(text).toContain('id-smime-aa-signingCertificateV2')
      expect(text.includes('signingTime')).toBe(profile === 'pkcs7')
      expect(text.includes('id-smime-aa-timeStampToken')).toBe(profile === 'pades')
      writeFileSync(at('other'), '别的')
      expect(() => openssl(...parts, 'other')).toThrow()
    },
  )

  test.each([[[]], [['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1']]])(
    'PKCS#12 files open with their password only (%j)',
    (options) => {
      openssl(
        'pkcs12',
        '-export',
        ...options,
        '-inkey',
        `${kind}.key`,
        '-in',
        `${kind}.pem`,
        '-certfile',
        `${kind}-ca.pem`,
        '-passout',
        'pass:secret',
        '-out',
        'file.p12',
      )
      const file = readFileSync(at('file.p12'))
      const { privateKeys, certificates } = importPkcs12(file, 'secret')
      expect(privateKeys.map(toHex)).toEqual([toHex(readFileSync(at(`${kind}.p8`)))])
      expect(certificates.map(toHex).toSorted()).toEqual([der(kind), der(`${kind}-ca`)].map(toHex).toSorted())
      expect(() => importPkcs12(file, 'Secret')).toThrow('key.malformed')
      expect(() => importPkcs12(file.subarray(0, 100), 'secret')).toThrow('key.malformed')
    },
  )
})

test('an SM2 key in a PKCS#12 file comes out as it is', () => {
  const pair = generateSm2KeyPair()
  writeFileSync(at('sm2.p8'), exportPkcs8(pair.privateKey))
  openssl('pkey', '-inform', 'DER', '-in', 'sm2.p8', '-out', 'sm2.key')
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'sm2.key',
    '-sm3',
    '-sigopt',
    'distid:1234567812345678',
    '-days',
    '5',
    '-subj',
    '/CN=sm2',
    '-out',
    'sm2.pem',
  )
  openssl('pkcs12', '-export', '-inkey', 'sm2.key', '-in', 'sm2.pem', '-passout', 'pass:secret', '-out', 'sm2.p12')
  const { privateKeys, certificates } = importPkcs12(readFileSync(at('sm2.p12')), 'secret')
  expect(importPkcs8(privateKeys[0] ?? new Uint8Array())).toEqual(pair)
  expect(certificates.map(toHex)).toEqual([toHex(der('sm2'))])
})
