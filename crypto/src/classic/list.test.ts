/** Lists of revoked certificates signed with RSA and ECDSA, made by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyCertificate } from '../cms/any-signed-data.ts'
import { judgeCertificate } from '../verify/trust.ts'
import { isListSignedByAny, kindOfList, parseRevocationList } from '../x509/revocation-list.ts'
import { type ClassicCertificate, parseClassicCertificate } from './certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'xiewen-lists-'))
const at = (name: string): string => join(folder, name)
const openssl = (line: string): void => void execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' })
const read = (name: string): Uint8Array => readFileSync(at(name))

const config = `[ca]
default_ca=one
[one]
database=index.txt
crlnumber=number
default_crl_days=7
[plain]
authorityKeyIdentifier=keyid
[delta]
2.5.29.27=critical,DER:020101
[mild]
2.5.29.27=DER:020101
[indirect]
issuingDistributionPoint=critical,@everyone
[everyone]
indirectCRL=TRUE
[users]
issuingDistributionPoint=critical,@only
[only]
onlyuser=TRUE
`
type Authority = 'rsa' | 'ec' | 'twin'
const roots = new Map<Authority, ClassicCertificate>()
let leaf: ClassicCertificate

/** A list by openssl: whose, which hash, which extensions. */
function list(by: Authority, digest = 'sha256', extensions = 'plain'): Uint8Array {
  writeFileSync(at('number'), '05\n')
  openssl(`ca -config ca.cnf -gencrl -md ${digest} -crlexts ${extensions} -cert ${by}.pem -keyfile ${by}.key -out ${by}.crl`)
  openssl(`crl -in ${by}.crl -outform DER -out ${by}.crl.der`)
  return read(`${by}.crl.der`)
}

const rootOf = (name: Authority): AnyCertificate => {
  const certificate = roots.get(name)
  if (certificate === undefined) throw new Error(`no ${name}`)
  return { kind: 'classic', certificate }
}

beforeAll(() => {
  writeFileSync(at('ca.cnf'), config)
  writeFileSync(at('index.txt'), '')
  for (const [name, key] of [['rsa', 'rsa:2048'], ['ec', 'ec -pkeyopt ec_paramgen_curve:P-384'], ['twin', 'rsa:2048']] as const) {
    const subject = name === 'twin' ? 'rsa' : name
    openssl(`req -x509 -newkey ${key} -nodes -keyout ${name}.key -out ${name}.pem -days 30 -subj /CN=${subject}-root -addext keyUsage=critical,keyCertSign,cRLSign`)
    openssl(`x509 -in ${name}.pem -outform DER -out ${name}.cer`)
    roots.set(name, parseClassicCertificate(read(`${name}.cer`)))
  }
  writeFileSync(at('leaf.cnf'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n')
  openssl('req -new -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf')
  openssl('x509 -req -in leaf.csr -CA rsa.pem -CAkey rsa.key -CAcreateserial -days 20 -extfile leaf.cnf -out leaf.pem')
  openssl('x509 -in leaf.pem -outform DER -out leaf.cer')
  leaf = parseClassicCertificate(read('leaf.cer'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a list signed with RSA or ECDSA', () => {
  test('is read with its number and days, and verified by its authority and nobody else', async () => {
    for (const [name, digest] of [['rsa', 'sha256'], ['rsa', 'sha512'], ['ec', 'sha384']] as const) {
      const read = parseRevocationList(list(name, digest))
      expect([read.number, read.nextUpdate - read.thisUpdate, kindOfList(read)]).toEqual([5n, 7 * 86_400_000, 'classic'])
      expect(await isListSignedByAny(read, rootOf(name))).toBe(true)
      expect(await isListSignedByAny(read, rootOf(name === 'rsa' ? 'ec' : 'rsa'))).toBe(false)
    }
    // The same name with another key.
    expect(await isListSignedByAny(parseRevocationList(list('twin')), rootOf('rsa'))).toBe(false)
    const changed = Uint8Array.from(list('rsa'))
    changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1
    expect(await isListSignedByAny(parseRevocationList(changed), rootOf('rsa'))).toBe(false)
  })

  test('is refused over a hash that can be forged, and when it is a delta or about others', () => {
    for (const weak of ['sha1', 'md5']) expect(() => parseRevocationList(list('rsa', weak))).toThrow(expect.objectContaining({ code: 'list.weak' }))
    expect(() => parseRevocationList(list('ec', 'sha1'))).toThrow(expect.objectContaining({ code: 'list.weak' }))
    expect(() => parseRevocationList(list('rsa', 'sha224'))).toThrow(expect.objectContaining({ code: 'list.algorithm' }))
    for (const part of ['delta', 'mild']) expect(() => parseRevocationList(list('rsa', 'sha256', part)), part).toThrow(expect.objectContaining({ code: 'list.delta' }))
    expect(() => parseRevocationList(list('rsa', 'sha256', 'indirect'))).toThrow(expect.objectContaining({ code: 'list.indirect' }))
  })

  test('clears and condemns the certificates of its authority', async () => {
    const now = Date.now() + 2000
    const judge = async (revocationLists: readonly Uint8Array[], classicTrust = [...roots.values()]) => {
      const { revocation, reasons } = await judgeCertificate(
        { certificate: { kind: 'classic', certificate: leaf }, whose: 'signer', at: now, existedAt: now },
        { trust: [], classicTrust, at: now, revocationLists: revocationLists.map(parseRevocationList) },
      )
      return [revocation, ...reasons.map(({ code }) => code)]
    }
    expect(await judge([])).toEqual(['unknown'])
    expect(await judge([list('rsa')])).toEqual(['good'])
    // Signed by a stranger of the same name: it neither clears nor condemns.
    expect(await judge([list('twin')], [...roots].flatMap(([name, root]) => (name === 'twin' ? [] : [root])))).toEqual(['unknown'])
    openssl('ca -config ca.cnf -revoke leaf.pem -crl_reason keyCompromise -cert rsa.pem -keyfile rsa.key -md sha256')
    expect(await judge([list('rsa')])).toEqual(['revoked', 'certificate-revoked'])
  })
})
