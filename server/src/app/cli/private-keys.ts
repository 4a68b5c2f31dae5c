/** Reading a private key for a command: PKCS#12, PKCS#8 (plain or encrypted) or SEC 1, PEM or DER; the passphrase is asked for, or is the first line of a file. */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { type Certificate, CryptoError, deriveSm2PublicKey, equalBytes, importPkcs8, openEncryptedPkcs8, parseCertificate, readPem, readSec1 } from '@xiewen/crypto'
import { importPkcs12 } from '@xiewen/crypto/classic'
import { type CliArguments, InputError, UsageError } from './command.ts'

/** An SM2 key (32 bytes), with its certificate where the file or `--cert` brings one. */
export interface FoundKey {
  readonly privateKey: Uint8Array
  readonly certificate: Certificate | null
}

/** Reads what `--key` names.
 *
 * @throws UsageError when none is named, InputError when it cannot be read as an SM2 key
 */
export async function readKey(args: CliArguments): Promise<FoundKey> {
  const file = args.flag('key')
  if (file === undefined) throw new UsageError('请用 --key 指定私钥文件（.p12、.pfx、.pem 或 .key） name the private key with --key')
  const bytes = new Uint8Array(await readFile(file))
  const secret = once(() => readPassphrase(args))
  try {
    const found = (await fromText(bytes, secret)) ?? (await fromBinary(bytes, secret))
    return { ...found, certificate: found.certificate ?? (await namedCertificate(args, found.privateKey)) }
  } catch (error) {
    if (error instanceof CryptoError) throw new InputError(`${file}：口令不对，或不是 SM2 私钥 the passphrase is wrong, or this is no SM2 key`)
    throw error
  }
}

/** The second is what openssl calls it. */
const sec1Labels: readonly string[] = ['EC PRIVATE KEY', 'SM2 PRIVATE KEY']

async function fromText(bytes: Uint8Array, secret: () => Promise<string>): Promise<FoundKey | null> {
  const blocks = readPem(bytes)
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))
  if (!block) return null
  const privateKey = sec1Labels.includes(block.label) ? readSec1(block.der).privateKey : importPkcs8(block.label === 'ENCRYPTED PRIVATE KEY' ? await openEncryptedPkcs8(block.der, await secret()) : block.der).privateKey
  return { privateKey, certificate: ownOf(privateKey, blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => der)) }
}

/** DER: PKCS#8, SEC 1, an encrypted PKCS#8, or PKCS#12. */
async function fromBinary(bytes: Uint8Array, secret: () => Promise<string>): Promise<FoundKey> {
  const alone = orNull(() => importPkcs8(bytes).privateKey) ?? orNull(() => readSec1(bytes).privateKey) ?? (await openPkcs8(bytes, secret))
  if (alone !== null) return { privateKey: alone, certificate: null }
  const { privateKeys, certificates } = importPkcs12(bytes, await secret())
  for (const each of privateKeys) {
    const privateKey = orNull(() => importPkcs8(each).privateKey)
    if (privateKey !== null) return { privateKey, certificate: ownOf(privateKey, certificates) }
  }
  throw new CryptoError('key.malformed', 'no SM2 key in the file')
}

/** Null when it is no encrypted PKCS#8, or the passphrase is another. */
async function openPkcs8(bytes: Uint8Array, secret: () => Promise<string>): Promise<Uint8Array | null> {
  const passphrase = await secret()
  try {
    return importPkcs8(await openEncryptedPkcs8(bytes, passphrase)).privateKey
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

async function namedCertificate(args: CliArguments, privateKey: Uint8Array): Promise<Certificate | null> {
  const file = args.flag('cert')
  if (file === undefined) return null
  const bytes = new Uint8Array(await readFile(file))
  const own = ownOf(privateKey, [bytes, ...readPem(bytes).map(({ der }) => der)])
  if (own === null) throw new InputError(`${file}：不是这把私钥的证书 is not the certificate of this key`)
  return own
}

function ownOf(privateKey: Uint8Array, certificates: readonly Uint8Array[]): Certificate | null {
  const publicKey = deriveSm2PublicKey(privateKey)
  return certificates.flatMap((der) => orNull(() => parseCertificate(der)) ?? []).find((each) => equalBytes(each.publicKey, publicKey)) ?? null
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** The first line of `--password-file`, otherwise asked for at the terminal without showing it. */
async function readPassphrase(args: CliArguments): Promise<string> {
  const file = args.flag('password-file')
  if (file !== undefined) return (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? ''
  if (!process.stdin.isTTY) throw new UsageError('私钥有口令：请用 --password-file 指定口令文件 the key has a passphrase: name a file that holds it with --password-file')
  process.stderr.write('私钥口令 passphrase: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>((resolve) => lines.question('', resolve))
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
