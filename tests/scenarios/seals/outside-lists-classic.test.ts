/** Lists of revoked certificates of outside authorities that sign with RSA, as the provincial and bank authorities hand them out; made by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueRevocationList, signPdf } from '@xiewen/crypto'
import { classicMethod, classicSigner } from '@xiewen/crypto/classic'
import { sealsContract as contract, sealsEn, sealsZh } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCli } from '../../../server/src/app/cli/main.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { aHolder, drawing, pem } from './outside-authority.ts'
import { refusalOf, SealStory } from './story.ts'

const folder = mkdtempSync(join(tmpdir(), 'xiewen-classic-lists-'))
const at = (file: string): string => join(folder, file)
const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const authorityName = '云岭省电子认证中心根证书'
let office: TestOffice
let story: SealStory
/** A PDF signed with RSA under the authority, without a time stamp. */
let signed: Uint8Array
let signedAt = 0

function list(extensions = 'plain', digest = 'sha256'): Uint8Array {
  openssl('ca', '-config', 'ca.cnf', '-gencrl', '-md', digest, '-crlexts', extensions, '-cert', 'ca.pem', '-keyfile', 'ca.key', '-out', 'list.pem')
  return readFileSync(at('list.pem'))
}
const bring = async (file: Uint8Array) => (await story.as('maker')).upload(contract.importList, {}, file)
const verify = async () => (await story.as('keeper')).upload(contract.verify, {}, signed)

async function letIn(file: Uint8Array): Promise<void> {
  const { id } = await (await story.as('maker')).upload(contract.proposeTrust, { use: 'authority' }, file)
  await (await office.as('sysadmin')).call(contract.confirmTrust, { id })
}

beforeAll(async () => {
  writeFileSync(at('ca.cnf'), '[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=number\ndefault_crl_days=7\n[plain]\nauthorityKeyIdentifier=keyid\n[delta]\n2.5.29.27=critical,DER:020101\n[indirect]\nissuingDistributionPoint=critical,@all\n[all]\nindirectCRL=TRUE\n[attributes]\nissuingDistributionPoint=critical,@attribute\n[attribute]\nonlyAA=TRUE\n')
  writeFileSync(at('index.txt'), '')
  writeFileSync(at('number'), '07\n')
  writeFileSync(at('leaf.cnf'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n')
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-utf8', '-subj', `/C=CN/O=云岭省电子认证中心/CN=${authorityName}`, '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
  openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'leaf.key', '-out', 'leaf.csr', '-utf8', '-subj', '/C=CN/CN=云岭省财政厅')
  openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '20', '-extfile', 'leaf.cnf', '-out', 'leaf.pem')
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'leaf.key', '-outform', 'DER', '-out', 'leaf.p8')
  for (const name of ['leaf', 'ca']) openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.cer`)
  office = await anOffice()
  story = new SealStory(office)
  await letIn(readFileSync(at('ca.pem')))
  const signer = await classicSigner(readFileSync(at('leaf.p8')), [readFileSync(at('leaf.cer')), readFileSync(at('ca.cer'))])
  const base = await story.pdf(await story.typeset())
  signedAt = Date.now()
  const method = classicMethod({ kind: 'ETSI.CAdES.detached', signer, signedAt })
  signed = (await signPdf(base, { drawing, page: 1, centreMm: { x: 100, y: 150 }, method })).bytes
}, 90_000)
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

describe('a list signed with RSA', () => {
  test('that answers nothing is refused saying what it is, what follows, and which to get, here and on the command line', async () => {
    const file = at('refused.pem')
    const lines: string[] = []
    const say = (text: string): void => void lines.push(text)
    for (const [part, words, english] of [['delta', '增量', 'delta list'], ['indirect', '间接', 'indirect list'], ['attributes', '属性证书', 'attribute certificates']] as const) {
      expect(sealsZh[`seals.list-${part}`]).toMatch(new RegExp(`^这是${words}.*所以没有导入。请.*再导入。$`))
      expect(sealsEn[`seals.list-${part}`]).toMatch(new RegExp(`^This is an? .*${english}.*It was not imported\\. (Get|Ask) .* and import that\\.$`))
      writeFileSync(file, list(part))
      await runCli(['verify', at('ca.cer'), '--data', office.dataDir, '--crl', file], { out: say, err: say })
      const said = lines.splice(0).join('\n')
      for (const each of [words, english, '请取得', 'get the']) expect(said).toContain(each)
    }
  })

  test('is refused as a part, about others, or over SHA-1, in words of its own', async () => {
    for (const part of ['delta', 'indirect', 'attributes']) expect(await refusalOf(bring(list(part)))).toBe(`seals.list-${part}`)
    expect(await refusalOf(bring(list('plain', 'sha1')))).toBe('seals.list-weak')
    expect(await refusalOf(bring(list('plain', 'sha224')))).toBe('seals.list-algorithm')
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'twin.key', '-out', 'twin.pem', '-days', '30', '-utf8', '-subj', `/C=CN/O=云岭省电子认证中心/CN=${authorityName}`, '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
    openssl('ca', '-config', 'ca.cnf', '-gencrl', '-md', 'sha256', '-crlexts', 'plain', '-cert', 'twin.pem', '-keyfile', 'twin.key', '-out', 'twin.crl')
    expect(await refusalOf(bring(readFileSync(at('twin.crl'))))).toBe('seals.list-forged')
  })

  test('clears what it does not name, stands beside the SM2 list of an authority with the same name, and lies ready for the command line', async () => {
    expect((await verify()).seals[0]).toMatchObject({ verdict: 'VALID', revocation: 'unknown' })
    const root = await aHolder('root', authorityName, null)
    await letIn(pem(root.certificate))
    await bring(await issueRevocationList({ number: 90, thisUpdate: Date.now() - 1000, nextUpdate: Date.now() + 86_400_000, entries: [] }, root))
    // The list of the SM2 side says nothing about RSA certificates, and its higher number is another count.
    expect((await verify()).seals[0]).toMatchObject({ verdict: 'VALID', revocation: 'unknown' })
    expect(await bring(list())).toMatchObject({ entries: 0, isStale: false })
    expect((await verify()).seals[0]).toMatchObject({ verdict: 'VALID', revocation: 'good' })
    const { lists, without } = await (await story.as('auditor')).call(contract.listLists, {})
    expect([lists.map(({ state, issuer }) => [state, issuer.includes(authorityName)]), without]).toEqual([[['valid', true], ['valid', true]], []])
    await office.settle()
    expect(readdirSync(join(office.dataDir, 'trust')).filter((file) => /^outside-.*\.crl$/.test(file))).toHaveLength(2)
  })

  test('that names the signer later than the time only he claims leaves his signature open', async () => {
    // Times of a list are whole seconds: one begun after the signature lies later than it.
    await vi.waitUntil(() => Date.now() >= Math.ceil(signedAt / 1000) * 1000, { timeout: 2000 })
    openssl('ca', '-config', 'ca.cnf', '-revoke', 'leaf.pem', '-crl_reason', 'cessationOfOperation', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-md', 'sha256')
    expect(await bring(list())).toMatchObject({ entries: 1 })
    const { verdict, seals } = await verify()
    expect([verdict, seals[0]?.reasons.map(({ code }) => code)]).toEqual(['INDETERMINATE', ['revoked-time-unproven']])
  })
})
