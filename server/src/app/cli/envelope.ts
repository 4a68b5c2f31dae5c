/** `envelope encrypt` and `envelope decrypt`: files that only the named recipients can read (数字信封, GB/T 35275: SM4-CBC under a key enciphered with SM2). */
import { readFile, writeFile } from 'node:fs/promises'
import { buildEnvelopedData, type Certificate, CryptoError, type EnvelopeAddress, envelopeOpener, judgeRecipient, openEnvelopedData, parseEnvelopedData, readDerOrPem, type RecipientFindings, type RecipientProblem, sm3, toHex } from '@xiewen/crypto'
import { type CliArguments, exitCodes, InputError, type Terminal, UsageError } from './command.ts'
import { presentInstant } from './present-instant.ts'
import { readKey } from './private-keys.ts'
import { readTrust } from './seal-trust.ts'
import { readSealedFile } from './verify.ts'

const words: Readonly<Record<RecipientProblem, (certificate: Certificate | null) => string>> = {
  unreadable: () => '不是证书文件 is no certificate file',
  'not-sm2': () => '证书的密钥不是 SM2，不能做数字信封 the key of the certificate is not an SM2 key',
  usage: (own) => `“${own?.subject.commonName ?? ''}”的这张证书只用于签名或签发，请向接收人索取加密证书 this certificate is for signing or issuing, ask for the one for encryption`,
  expired: (own) => `“${own?.subject.commonName ?? ''}”的证书已于 ${presentInstant(own?.notAfter ?? null)} 过期 the certificate has expired`,
  'not-yet-valid': (own) => `“${own?.subject.commonName ?? ''}”的证书从 ${presentInstant(own?.notBefore ?? null)} 起才有效 the certificate is not valid yet`,
  revoked: (own) => `“${own?.subject.commonName ?? ''}”的证书已被吊销 the certificate has been revoked`,
}

function assertFit(file: string, found: RecipientFindings): asserts found is Extract<RecipientFindings, { ok: true }> {
  if (!found.ok) throw new InputError(`${file}：${words[found.problem](found.certificate)}`)
}

/** `envelope encrypt`. */
export async function runEnvelopeEncrypt(args: CliArguments, terminal: Terminal): Promise<number> {
  const [to, name] = [args.every('to'), args.words[0]]
  if (to.length === 0) throw new UsageError('请用 --to 指定接收人的加密证书，几个接收人就写几次 name the certificate of each recipient with --to')
  const content = await readSealedFile(name)
  const addresses = await readAddresses(args, to)
  const out = args.flag('out') ?? `${name}.p7m`
  await writeFile(out, buildEnvelopedData(content, addresses.map(({ certificate }) => certificate)))
  const recipients = addresses.map(({ certificate, fingerprint, path, revocation }) => ({ subject: certificate.subject.text, serial: certificate.serial, fingerprint, path, revocation }))
  const digest = toHex(sm3(content))
  if (args.json) terminal.out(JSON.stringify({ out, recipients, sm3: digest }))
  else terminal.out([`${out}\n内容摘要 content (SM3): ${digest}`, ...recipients.map(presentRecipient)].join('\n'))
  return exitCodes.ok
}

/** Every recipient, each once. */
async function readAddresses(args: CliArguments, files: readonly string[]): Promise<readonly EnvelopeAddress[]> {
  const trust = await readTrust(args)
  const addresses: EnvelopeAddress[] = []
  for (const file of files) {
    const found = await judgeRecipient(new Uint8Array(await readFile(file)), trust, trust.at ?? Date.now())
    assertFit(file, found)
    if (addresses.some(({ fingerprint }) => fingerprint === found.address.fingerprint)) throw new InputError(`${file}：这张证书写了两次 this certificate is named twice`)
    addresses.push(found.address)
  }
  return addresses
}

function presentRecipient({ subject, fingerprint, path, revocation }: Pick<EnvelopeAddress, 'fingerprint' | 'path' | 'revocation'> & { readonly subject: string }): string {
  const trusted = path === null ? '信任库里没有这张证书的签发机构：请用电话等其他途径与接收人核对指纹 nobody trusted here vouches for the certificate: compare the fingerprint with the recipient' : `信任路径 trusted by: ${path.join(' ← ')}`
  return [`接收人 recipient: ${subject}`, `证书指纹 fingerprint (SM3): ${fingerprint}`, trusted, ...(revocation === 'stale' ? ['吊销列表已过期，吊销情况不明 the revocation list is out of date'] : [])].join('\n')
}

/** `envelope decrypt`. */
export async function runEnvelopeDecrypt(args: CliArguments, terminal: Terminal): Promise<number> {
  const [name] = args.words
  const bytes = await readSealedFile(name)
  const der = readDerOrPem(bytes, 'PKCS7') ?? readDerOrPem(bytes, 'CMS')
  const out = args.flag('out') ?? (name?.endsWith('.p7m') === true || name?.endsWith('.p7e') === true ? name.slice(0, -4) : undefined)
  if (out === undefined) throw new UsageError('请用 --out 指定写到哪里 say where to write with --out')
  const { privateKey, certificate } = await readKey(args)
  const content = await open(`${name}`, der, envelopeOpener(certificate, privateKey)).finally(() => privateKey.fill(0))
  await writeFile(out, content, { mode: 0o600 })
  const digest = toHex(sm3(content))
  if (args.json) terminal.out(JSON.stringify({ out, sizeBytes: content.length, sm3: digest }))
  else terminal.out(`${out}\n内容摘要 content (SM3): ${digest}\n信封只保密，不防改动：请与发送人核对摘要，或用 xiewen verify 核验其中的印章、证据包 an envelope keeps secrets and proves nothing: compare the digest, or verify the seals inside`)
  return exitCodes.ok
}

async function open(name: string, der: Uint8Array | null, opener: ReturnType<typeof envelopeOpener>): Promise<Uint8Array> {
  if (der === null) throw new InputError(`${name}：不是数字信封 is no envelope`)
  try {
    return await openEnvelopedData(der, opener)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new InputError(`${name}：${openingWords(error.code, der)}`)
  }
}

function openingWords(code: string, der: Uint8Array): string {
  if (code === 'cms.not-for-you') return `信封不是给这张证书的；接收人证书序列号 the envelope is for other certificates: ${parseEnvelopedData(der).recipients.map(({ serial }) => serial).join('、')}`
  if (code === 'sm2.decrypt-failed') return '打不开：私钥不是接收人的，或文件在途中被改动，请换私钥或请对方重发 does not open: not the key of a recipient, or bytes were changed on the way; try another key or ask for it again'
  return '不是数字信封，或已损坏、不完整，请对方重发 is no envelope, or damaged or cut off; ask for it again'
}

