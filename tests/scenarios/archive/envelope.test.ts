/** 数字信封: evidence packages and sealed originals leave in an envelope that only the named recipient opens; openssl opens it too. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, type CertificateProfile, envelopeOpener, exportPkcs8, generateSm2KeyPair, issueCertificate, openEnvelopedData, parseEnvelopedData, sm3, softwareKey, toHex } from '@xiewen/crypto'
import { archiveContract as contract } from '@xiewen/shared/archive'
import { auditContract } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import { sealsContract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../../server/src/app/cli/main.ts'
import { isEvidence } from '../../../server/src/archive/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from '../seals/story.ts'

interface Holder { readonly privateKey: Uint8Array; readonly certificate: Certificate }

const folder = mkdtempSync(join(tmpdir(), 'xiewen-envelope-'))
const year = 365 * 86_400_000
const at = (file: string): string => join(folder, file)
const put = (file: string, bytes: Uint8Array | string): string => {
  writeFileSync(at(file), bytes)
  return at(file)
}
const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const pem = (label: string, der: Uint8Array): string => `-----BEGIN ${label}-----\n${base64(der).replaceAll(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`

async function aHolder(profile: CertificateProfile, commonName: string, issuer: Holder | null, validity = { notBefore: Date.now() - 1000, notAfter: Date.now() + year }): Promise<Holder> {
  const { privateKey, publicKey } = generateSm2KeyPair()
  const order = { profile, subject: { country: 'CN', organisation: '云岭省档案馆', commonName }, publicKey, ...validity }
  const by = issuer === null ? { key: softwareKey(privateKey), certificate: null } : { key: softwareKey(issuer.privateKey), certificate: issuer.certificate }
  return { privateKey, certificate: await issueCertificate(order, by) }
}

let root: Holder
let recipient: Holder

beforeAll(async () => {
  root = await aHolder('root', '云岭省电子认证中心根证书', null)
  recipient = await aHolder('encryption', '省档案馆接收处', root)
  put('recipient.cer', recipient.certificate.raw)
  put('recipient.pem', pem('CERTIFICATE', recipient.certificate.raw))
  put('recipient.key', pem('PRIVATE KEY', exportPkcs8(recipient.privateKey)))
  put('root.cer', root.certificate.raw)
  put('secret', 'correct horse\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function cli(...argv: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const lines: string[] = []
  const note = (text: string): void => void lines.push(text)
  return { code: await runCli(argv, { out: note, err: note }), text: lines.join('\n') }
}

/** Opens an envelope with nothing but openssl: the key with SM2, the text with SM4-CBC. */
function openWithOpenssl(envelope: Uint8Array): Buffer {
  const { recipients, iv, ciphertext } = parseEnvelopedData(envelope)
  put('wrapped.der', recipients[0]?.encryptedKey ?? new Uint8Array())
  put('text.bin', ciphertext)
  const key = openssl('pkeyutl', '-decrypt', '-inkey', 'recipient.key', '-in', 'wrapped.der')
  return openssl('enc', '-d', '-sm4-cbc', '-K', key.toString('hex'), '-iv', toHex(iv), '-in', 'text.bin')
}

describe('the command line', () => {
  const secretText = '关于调整有关人员岗位的意见（内部）'.repeat(50)

  test('envelopes for a recipient, says whether anybody vouches for the certificate, and opens again; openssl opens it too', async () => {
    const file = put('text.txt', secretText)
    const known = await cli('envelope', 'encrypt', file, '--to', at('recipient.pem'), '--trust', at('root.cer'), '--json')
    expect([known.code, JSON.parse(known.text)]).toMatchObject([0, { out: `${file}.p7m`, recipients: [{ path: ['省档案馆接收处', '云岭省电子认证中心根证书'], fingerprint: toHex(sm3(recipient.certificate.raw)) }] }])
    const envelope = readFileSync(`${file}.p7m`)
    expect(envelope.includes(secretText.slice(0, 4))).toBe(false)
    expect(openWithOpenssl(envelope).toString()).toBe(secretText)
    expect((await cli('envelope', 'decrypt', `${file}.p7m`, '--key', at('recipient.key'), '-o', at('again.txt'))).code).toBe(0)
    expect(readFileSync(at('again.txt'), 'utf8')).toBe(secretText)
    const unknown = await cli('envelope', 'encrypt', file, '--to', at('recipient.cer'), '--data', folder, '--out', at('unknown.p7m'))
    expect([unknown.code, unknown.text]).toEqual([0, expect.stringContaining('信任库里没有')])
  })

  test('takes keys as people have them: PKCS#12, encrypted and plain PEM, SEC 1, and DER of each', async () => {
    const file = put('keys.txt', secretText)
    await cli('envelope', 'encrypt', file, '--to', at('recipient.cer'), '--data', folder)
    openssl('pkcs8', '-topk8', '-in', 'recipient.key', '-passout', 'file:secret', '-out', 'encrypted.key')
    openssl('pkcs12', '-export', '-inkey', 'recipient.key', '-in', 'recipient.pem', '-passout', 'file:secret', '-out', 'recipient.p12')
    openssl('pkcs8', '-topk8', '-in', 'recipient.key', '-passout', 'file:secret', '-outform', 'DER', '-out', 'encrypted.der')
    openssl('ec', '-in', 'recipient.key', '-out', 'sec1.key')
    openssl('ec', '-in', 'recipient.key', '-outform', 'DER', '-out', 'sec1.der')
    put('recipient.der', exportPkcs8(recipient.privateKey))
    for (const key of ['recipient.p12', 'encrypted.key', 'encrypted.der', 'sec1.key', 'sec1.der', 'recipient.der']) {
      const { code, text } = await cli('envelope', 'decrypt', `${file}.p7m`, '--key', at(key), '--password-file', at('secret'), '-o', at(`${key}.txt`))
      expect([code, text], key).toEqual([0, expect.stringContaining(toHex(sm3(Buffer.from(secretText))))])
    }
    put('wrong', 'wrong\n')
    for (const key of ['recipient.p12', 'encrypted.key', 'encrypted.der']) {
      expect(await cli('envelope', 'decrypt', `${file}.p7m`, '--key', at(key), '--password-file', at('wrong'))).toMatchObject({ code: 2, text: expect.stringContaining('口令不对') })
    }
  })

  test('says in words what cannot be: other keys, changed and cut bytes, what is no envelope', async () => {
    const file = put('wrong.txt', secretText)
    await cli('envelope', 'encrypt', file, '--to', at('recipient.cer'), '--data', folder)
    const other = await aHolder('encryption', '别人', root)
    put('other.key', pem('PRIVATE KEY', exportPkcs8(other.privateKey)) + pem('CERTIFICATE', other.certificate.raw))
    put('bare.key', pem('PRIVATE KEY', exportPkcs8(other.privateKey)))
    const decrypt = (name: string, key: string) => cli('envelope', 'decrypt', name, '--key', at(key), '-o', at('none.txt'))
    expect(await decrypt(`${file}.p7m`, 'other.key')).toMatchObject({ code: 2, text: expect.stringContaining(recipient.certificate.serial) })
    expect(await decrypt(`${file}.p7m`, 'bare.key')).toMatchObject({ code: 2, text: expect.stringContaining('打不开') })
    const envelope = readFileSync(`${file}.p7m`)
    const { encryptedKey } = parseEnvelopedData(envelope).recipients[0] ?? { encryptedKey: new Uint8Array() }
    const changed = Uint8Array.from(envelope)
    const place = envelope.indexOf(encryptedKey) + encryptedKey.length - 3
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(await decrypt(put('changed.p7m', changed), 'recipient.key')).toMatchObject({ code: 2, text: expect.stringContaining('被改动') })
    expect(await decrypt(put('cut.p7m', envelope.subarray(0, -9)), 'recipient.key')).toMatchObject({ code: 2, text: expect.stringContaining('不完整') })
    expect(await decrypt(put('no.p7m', 'hello'), 'recipient.key')).toMatchObject({ code: 2, text: expect.stringContaining('不是数字信封') })
    expect((await cli('envelope', 'decrypt', `${file}.p7m`)).code).toBe(2)
  })

  test('refuses certificates nobody could be sent an envelope with', async () => {
    const file = put('refused.txt', secretText)
    const past = { notBefore: Date.now() - year, notAfter: Date.now() - 86_400_000 }
    const to = async (name: string, bytes: Uint8Array | string) => (await cli('envelope', 'encrypt', file, '--to', put(name, bytes), '--data', folder)).text
    expect(await to('expired.cer', (await aHolder('encryption', '过期', root, past)).certificate.raw)).toContain('过期')
    expect(await to('signer.cer', (await aHolder('signer', '签名', root)).certificate.raw)).toContain('请向接收人索取加密证书')
    expect(await to('no.cer', 'hello')).toContain('不是证书文件')
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'rsa.key', '-out', 'rsa.pem', '-days', '9', '-subj', '/CN=rsa')
    expect(await to('rsa2.pem', readFileSync(at('rsa.pem')))).toContain('不是 SM2')
  })
})

describe('the product', () => {
  let office: TestOffice
  let story: SealStory
  let documentId: DocumentId

  beforeAll(async () => {
    office = await anOffice()
    story = new SealStory(office)
    await story.enabledSeal()
    documentId = await story.typeset()
  })
  afterAll(() => office.close())

  const ask = async (holder: Holder, more: { readonly of?: 'evidence' | 'original'; readonly isCompared?: boolean } = {}) =>
    (await story.as('registrar')).call(contract.envelope, { documentId, of: more.of ?? 'evidence', recipients: [{ certificate: base64(holder.certificate.raw), ...(more.isCompared === undefined ? {} : { isCompared: more.isCompared }) }] })

  /** Two administrators let the root in, unless they have. */
  async function letRootIn(): Promise<void> {
    const security = await story.as('maker')
    if ((await security.call(sealsContract.listTrust, {})).entries.length > 0) return
    const { id } = await security.upload(sealsContract.proposeTrust, { use: 'authority' }, root.certificate.raw)
    await (await office.as('sysadmin')).call(sealsContract.confirmTrust, { id })
  }

  test('says whose certificate it is and that nobody vouches for it; then the fingerprint must have been compared', async () => {
    const registrar = await story.as('registrar')
    const { recipient: seen } = await registrar.call(contract.readRecipient, { certificate: base64(readFileSync(at('recipient.pem'))) })
    expect(seen).toMatchObject({ subject: recipient.certificate.subject.text, fingerprint: toHex(sm3(recipient.certificate.raw)), path: null })
    expect(await refusalOf(ask(recipient))).toBe('archive.recipient-unknown')
    const { envelopeId, fileName, digest } = await ask(recipient, { isCompared: true })
    expect(fileName).toMatch(/（证据包）\.zip\.p7m$/)
    const { bytes, mediaType } = await registrar.download(contract.envelopeFile, { envelopeId })
    expect(mediaType).toBe('application/pkcs7-mime')
    const inside = new Uint8Array(openWithOpenssl(bytes))
    expect([isEvidence(inside), toHex(sm3(inside))]).toEqual([true, digest])
    // The act: who, what, for whom.
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'archive.enveloped' })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ personName: '赵敏', subjectId: documentId })
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({
      of: 'evidence', digest, envelopeDigest: toHex(sm3(bytes)),
      recipients: [{ name: recipient.certificate.subject.text, fingerprint: seen.fingerprint, serial: recipient.certificate.serial, isKnown: false, isCompared: true }],
    })
    expect(await refusalOf((await story.as('drafter')).download(contract.envelopeFile, { envelopeId }))).toBe('archive.not-found')
  })

  test('names the trusted root where two administrators let one in', async () => {
    await letRootIn()
    const { recipient: seen } = await (await story.as('registrar')).call(contract.readRecipient, { certificate: base64(recipient.certificate.raw) })
    expect(seen).toMatchObject({ path: ['省档案馆接收处', '云岭省电子认证中心根证书'], revocation: 'unknown' })
    expect((await ask(recipient)).fileName).toContain('.p7m')
  })

  test('sends the sealed original, and none before it is sealed; nothing of documents one does not keep', async () => {
    await letRootIn()
    expect(await refusalOf(ask(recipient, { of: 'original' }))).toBe('archive.not-sealed')
    await (await story.as('keeper')).call(sealsContract.impress, { applicationId: await story.permitted(documentId) })
    const { envelopeId } = await ask(recipient, { of: 'original' })
    const { bytes } = await (await story.as('registrar')).download(contract.envelopeFile, { envelopeId })
    expect(openWithOpenssl(bytes).equals(Buffer.from(await story.pdf(documentId)))).toBe(true)
    for (const who of ['drafter', 'stranger'] as const) expect(await refusalOf((await story.as(who)).call(contract.envelope, { documentId, of: 'original', recipients: [{ certificate: base64(recipient.certificate.raw) }] }))).toBe('archive.not-found')
  })

  test('sends one envelope to several, each opens it with their own key, and every one of them is judged and named', async () => {
    await letRootIn()
    const other = await aHolder('encryption', '审计厅收文处', null)
    const send = async (...recipients: readonly { readonly certificate: string; readonly isCompared?: boolean }[]) => (await story.as('registrar')).call(contract.envelope, { documentId, of: 'evidence', recipients: [...recipients] })
    const [first, second] = [{ certificate: base64(recipient.certificate.raw) }, { certificate: base64(other.certificate.raw) }]
    // That nobody vouches for one of them is not outweighed by the other.
    expect(await refusalOf(send(first, second))).toBe('archive.recipient-unknown')
    expect(await refusalOf(send(first, first))).toBe('archive.recipient-twice')
    const { envelopeId, digest } = await send(first, { ...second, isCompared: true })
    const { bytes } = await (await story.as('registrar')).download(contract.envelopeFile, { envelopeId })
    for (const { certificate, privateKey } of [recipient, other]) expect(toHex(sm3(await openEnvelopedData(bytes, envelopeOpener(certificate, privateKey))))).toBe(digest)
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'archive.enveloped' })
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ recipients: [{ name: recipient.certificate.subject.text, isKnown: true }, { name: other.certificate.subject.text, isKnown: false, isCompared: true }] })
    // The same with files of one's own.
    const file = put('several.txt', '内部')
    put('other.cer', other.certificate.raw)
    put('other2.key', pem('PRIVATE KEY', exportPkcs8(other.privateKey)))
    expect((await cli('envelope', 'encrypt', file, '--to', at('recipient.cer'), '--to', at('other.cer'), '--data', folder)).code).toBe(0)
    for (const key of ['recipient.key', 'other2.key']) expect((await cli('envelope', 'decrypt', `${file}.p7m`, '--key', at(key), '-o', at('each.txt'))).code, key).toBe(0)
    expect(await cli('envelope', 'encrypt', file, '--to', at('other.cer'), '--to', at('other.cer'), '--data', folder)).toMatchObject({ code: 2, text: expect.stringContaining('两次') })
  })

  test('refuses certificates that are expired, for signing, or none', async () => {
    const past = { notBefore: Date.now() - year, notAfter: Date.now() - 86_400_000 }
    const future = { notBefore: Date.now() + 86_400_000, notAfter: Date.now() + year }
    expect(await refusalOf(ask(await aHolder('encryption', '过期', root, past)))).toBe('archive.recipient-expired')
    expect(await refusalOf(ask(await aHolder('encryption', '未到', root, future)))).toBe('archive.recipient-not-yet-valid')
    expect(await refusalOf(ask(await aHolder('signer', '签名', root)))).toBe('archive.recipient-usage')
    expect(await refusalOf((await story.as('registrar')).call(contract.readRecipient, { certificate: base64(Buffer.from('hello')) }))).toBe('archive.recipient-unreadable')
  })
})
