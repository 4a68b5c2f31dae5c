/** Partitioned lists of revoked certificates: for which certificates they speak. Made by our own authority, and by openssl with RSA. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClassicCertificate, parseClassicCertificate } from '../classic/certificate.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { softwareKey } from '../keys/software-key.ts'
import { judgeCertificate } from '../verify/trust.ts'
import type { Certificate } from './certificate.ts'
import { type CertificateOrder, issueCertificate } from './issue.ts'
import { isScopeWithin, type ListScopeOrder, presentListScope } from './list-scope.ts'
import { issueRevocationList, parseRevocationList, type RevokedEntry, type RevocationList } from './revocation-list.ts'

const noon = Date.UTC(2026, 5, 1, 12)
const day = 86_400_000
const here = 'http://crl.example/2026-1.crl'
const elsewhere = 'http://crl.example/2026-2.crl'

describe('a list of our own authority that is about a part', () => {
  const [rootPair, leafPair] = [generateSm2KeyPair(), generateSm2KeyPair()]
  const key = softwareKey(rootPair.privateKey)
  let root: Certificate
  let leaf: Certificate
  let bare: Certificate

  const certificate = (profile: CertificateOrder['profile'], commonName: string, more: Partial<CertificateOrder> = {}): Promise<Certificate> =>
    issueCertificate(
      { profile, subject: { country: 'CN', commonName }, publicKey: profile === 'root' ? rootPair.publicKey : leafPair.publicKey, notBefore: noon - day, notAfter: noon + 300 * day, ...more },
      { key, certificate: profile === 'root' ? null : root },
    )
  beforeAll(async () => {
    root = await certificate('root', '云岭省根证书')
    leaf = await certificate('signer', '云岭省财政厅', { crlUrl: here })
    bare = await certificate('signer', '云岭省教育厅')
  })

  const list = async (scope: ListScopeOrder | null, more: { readonly entries?: readonly RevokedEntry[]; readonly until?: number } = {}): Promise<RevocationList> =>
    parseRevocationList(
      await issueRevocationList({ number: 1, thisUpdate: noon - day, nextUpdate: more.until ?? noon + day, entries: more.entries ?? [], ...(scope === null ? {} : { scope }) }, { key, certificate: root }),
    )
  const judge = async (asked: Certificate, ...revocationLists: readonly RevocationList[]): Promise<readonly string[]> => {
    const found = await judgeCertificate({ certificate: { kind: 'sm2', certificate: asked }, whose: 'signer', at: noon }, { trust: [root], at: noon, revocationLists })
    return [found.revocation, ...found.reasons.map(({ code }) => code), ...found.notes]
  }

  test('of users clears users and no authority, and the other way round', async () => {
    const [users, authorities] = [await list({ holders: 'users' }), await list({ holders: 'authorities' })]
    expect(await judge(leaf, users)).toEqual(['good'])
    expect(await judge(bare, users)).toEqual(['good'])
    expect(await judge(leaf, authorities)).toEqual(['unknown', 'revocation-list-other-kind'])
    expect(await judge(leaf, authorities, users)).toEqual(['good'])
    const below = await certificate('issuing', '云岭省签发证书')
    expect((await judge(below, users)).slice(0, 3)).toEqual(['unknown', 'certificate-key-usage', 'revocation-list-other-kind'])
    expect((await judge(below, authorities))[0]).toBe('good')
  })

  test('says all that another says where it is about the same certificates and more, and as many reasons', async () => {
    const within = async (narrow: ListScopeOrder | null, wide: ListScopeOrder | null): Promise<boolean> => isScopeWithin((await list(narrow)).scope, (await list(wide)).scope)
    for (const part of [null, { holders: 'users' }, { addresses: [here] }, { reasons: ['keyCompromise'] }] as const) {
      expect(await within(part, null), JSON.stringify(part)).toBe(true)
      expect(await within(null, part), JSON.stringify(part)).toBe(part === null)
    }
    expect([await within({ holders: 'users', addresses: [here] }, { holders: 'users' }), await within({ holders: 'users' }, { holders: 'authorities' })]).toEqual([true, false])
    expect([await within({ addresses: [here] }, { addresses: [elsewhere, here] }), await within({ addresses: [elsewhere, here] }, { addresses: [here] })]).toEqual([true, false])
    expect([await within({ reasons: ['keyCompromise'], addresses: [here] }, { reasons: ['keyCompromise', 'superseded'] }), await within({ addresses: [here] }, { reasons: ['keyCompromise'] })]).toEqual([true, false])
  })

  test('of an address clears the certificates that name it', async () => {
    expect(await judge(leaf, await list({ addresses: [here] }))).toEqual(['good'])
    expect(await judge(leaf, await list({ addresses: [elsewhere, here] }))).toEqual(['good'])
    expect(await judge(leaf, await list({ addresses: [elsewhere] }))).toEqual(['unknown', 'revocation-list-elsewhere'])
    // It says of itself that it is about the certificates that name it; this one names none.
    expect(await judge(bare, await list({ addresses: [here] }))).toEqual(['unknown', 'revocation-list-elsewhere'])
    expect(await judge(leaf, await list({ addresses: [here], holders: 'authorities' }))).toEqual(['unknown', 'revocation-list-other-kind'])
  })

  test('of some reasons clears nobody until the others are there too', async () => {
    const some = await list({ reasons: ['keyCompromise', 'authorityCompromise'] })
    expect(await judge(leaf, some)).toEqual(['unknown', 'revocation-list-some-reasons'])
    expect(await judge(leaf, some, await list(null))).toEqual(['good'])
  })

  test('condemns whom it names, whatever part it is about', async () => {
    const entries = [{ serial: leaf.serial, revokedAt: noon - 1000, reason: 'keyCompromise' }] as const
    for (const scope of [{ holders: 'users' }, { holders: 'authorities' }, { addresses: [elsewhere] }, { reasons: ['keyCompromise'] }] as const) {
      expect(await judge(leaf, await list(scope, { entries }), await list(null)), JSON.stringify(scope)).toEqual(['revoked', 'certificate-revoked'])
    }
  })

  test('clears nobody when it is out of date, nor together with one that is', async () => {
    const stale = await list({ holders: 'users' }, { until: noon - 1 })
    expect(await judge(leaf, stale)).toEqual(['stale', 'revocation-stale'])
    expect(await judge(leaf, stale, await list({ holders: 'authorities' }))).toEqual(['stale', 'revocation-stale'])
  })

  test('says in words what it is about', async () => {
    const { scope } = await list({ holders: 'users', reasons: ['keyCompromise'], addresses: [here] })
    expect(scope && presentListScope(scope)).toEqual({ holders: 'users', isSomeReasons: true, addresses: [here] })
    expect((await list(null)).scope).toBeNull()
  })
})

describe('a list by openssl that is about a part', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xiewen-parts-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (line: string): void => void execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' })
  const first = 'keyCompromise,CACompromise,affiliationChanged,superseded'
  const rest = 'cessationOfOperation,certificateHold,privilegeWithdrawn,AACompromise'
  const parts: Readonly<Record<string, string>> = {
    users: 'onlyuser=TRUE', authorities: 'onlyCA=TRUE', attributes: 'onlyAA=TRUE', indirect: 'indirectCRL=TRUE', here: `fullname=URI:${here}`, elsewhere: `fullname=URI:${elsewhere}`,
    relative: 'relativename=part', named: 'fullname=dirName:rootname', first: `onlysomereasons=${first}`, rest: `onlysomereasons=${rest}`, both: 'onlyuser=TRUE\nonlyCA=TRUE',
    'here-rest': `fullname=URI:${here}\nonlysomereasons=${rest}`, 'here-first': `fullname=URI:${here}\nonlysomereasons=${first}`,
  }
  /** Where certificates say their lists are; `split` names one point for some reasons only, `keeper` leaves it to somebody else. */
  const points: Readonly<Record<string, string>> = { at: `URI:${here}`, relative: 'r\n[r]\nrelativename=part', split: `s\n[s]\nfullname=URI:${here}\nreasons=${first}`, keeper: `k\n[k]\nfullname=URI:${here}\nCRLissuer=dirName:rootname` }
  const leaves = new Map<string, ClassicCertificate>()
  let root: ClassicCertificate

  beforeAll(() => {
    const sections = Object.entries(parts).map(([name, part]) => `[${name}]\nissuingDistributionPoint=critical,@of-${name}\n[of-${name}]\n${part}\n`)
    writeFileSync(at('ca.cnf'), `[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=number\ndefault_crl_days=7\n${sections.join('')}[part]\nOU=part-1\n[rootname]\nCN=parts-root\n[mixed]\nissuingDistributionPoint=@of-users\n[odd]\n2.5.29.28=critical,DER:3000\n`)
    writeFileSync(at('index.txt'), '')
    openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=parts-root -addext keyUsage=critical,keyCertSign,cRLSign')
    openssl('x509 -in ca.pem -outform DER -out ca.cer')
    root = parseClassicCertificate(readFileSync(at('ca.cer')))
    openssl('req -new -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf')
    for (const [name, point] of [['bare', ''], ...Object.entries(points)] as const) {
      writeFileSync(at('leaf.cnf'), `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n${point === '' ? '' : `crlDistributionPoints=${point}\n[part]\nOU=part-1\n[rootname]\nCN=parts-root\n`}`)
      openssl('x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile leaf.cnf -out leaf.pem')
      openssl('x509 -in leaf.pem -outform DER -out leaf.cer')
      leaves.set(name, parseClassicCertificate(readFileSync(at('leaf.cer'))))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function list(part: string): RevocationList {
    writeFileSync(at('number'), '05\n')
    openssl(`ca -config ca.cnf -gencrl -md sha256 -crlexts ${part} -cert ca.pem -keyfile ca.key -out list.pem`)
    openssl('crl -in list.pem -outform DER -out list.crl')
    return parseRevocationList(readFileSync(at('list.crl')))
  }
  async function judge(name: string, ...lists: readonly string[]): Promise<string> {
    const certificate = leaves.get(name)
    if (certificate === undefined) throw new Error(`no ${name}`)
    const now = Date.now() + 2000
    const { revocation, reasons } = await judgeCertificate({ certificate: { kind: 'classic', certificate }, whose: 'signer', at: now }, { trust: [], classicTrust: [root], at: now, revocationLists: lists.map(list) })
    return reasons[0]?.code.replace('revocation-list-', '') ?? revocation
  }

  test('speaks for its kind of certificates, critical or not', async () => {
    expect([await judge('bare', 'users'), await judge('bare', 'mixed'), await judge('bare', 'authorities')]).toEqual(['good', 'good', 'other-kind'])
  })

  test('speaks for the certificates whose distribution point bears one of its names', async () => {
    expect([await judge('at', 'here'), await judge('at', 'elsewhere'), await judge('bare', 'here')]).toEqual(['good', 'elsewhere', 'elsewhere'])
    // A name relative to the issuer; and the issuer's own name, under which whatever it publishes is to be looked for.
    expect([await judge('relative', 'relative'), await judge('at', 'relative'), await judge('bare', 'named')]).toEqual(['good', 'elsewhere', 'good'])
    // The certificate leaves its lists to another issuer: this one's list of the same address is not that list.
    expect(await judge('keeper', 'here')).toBe('elsewhere')
  })

  test('needs the other reasons beside it', async () => {
    expect([await judge('bare', 'first'), await judge('bare', 'rest'), await judge('bare', 'first', 'rest')]).toEqual(['some-reasons', 'some-reasons', 'good'])
    expect([await judge('at', 'here-first'), await judge('at', 'here-first', 'here-rest')]).toEqual(['some-reasons', 'good'])
    // The certificate's own point is good for the first reasons only, however much the list there says.
    expect([await judge('split', 'here'), await judge('split', 'here', 'rest'), await judge('split', 'here-rest')]).toEqual(['some-reasons', 'good', 'some-reasons'])
  })

  test('is refused when it is indirect, about attribute certificates, or contradicts itself', () => {
    for (const part of ['indirect', 'attributes']) expect(() => list(part), part).toThrow(expect.objectContaining({ code: `list.${part}` }))
    for (const part of ['both', 'odd']) expect(() => list(part), part).toThrow(expect.objectContaining({ code: part === 'odd' ? 'der.malformed' : 'certificate.malformed' }))
  })
})
