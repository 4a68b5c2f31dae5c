/** Whom the command line trusts: certificates (`*.cer`) and revocation lists (`*.crl`) of a file or folder. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { CryptoError, type CryptoErrorCode, parseRevocationList, readAnyCertificate, readDerOrPem, type RevocationList, type VerifyTrust } from '@xiewen/crypto'
import { readConfig } from '../../platform/config/config.ts'
import { type CliArguments, InputError } from './command.ts'

/** Reads what `--trust` names, or the installation's own `<data>/trust`. Without an installation at hand there is nobody to trust. */
export async function readTrust(args: CliArguments): Promise<VerifyTrust> {
  const named = args.flag('trust')
  const place = named ?? join(readConfig(args.all, process.env).dataDir, 'trust')
  const files = await listFiles(place, named !== undefined)
  const read = await Promise.all(files.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(name)) })))
  const certificates = read.filter(({ name }) => extname(name) !== '.crl').map(({ name, bytes }) => {
    const certificate = readAnyCertificate(bytes)
    if (certificate === null) throw new InputError(`${name}：不是证书 is no certificate`)
    return certificate
  })
  return {
    trust: certificates.flatMap((each) => (each.kind === 'sm2' ? [each.certificate] : [])),
    classicTrust: certificates.flatMap((each) => (each.kind === 'classic' ? [each.certificate] : [])),
    revocationLists: [...read.filter(({ name }) => extname(name) === '.crl').map(({ name, bytes }) => readList(name, bytes)), ...(await namedLists(args))],
    at: Date.now(),
  }
}

/** Lists that `--crl` names: a file, or the `.crl` files of a folder. They count as far as an issuer that is trusted has signed them. */
async function namedLists(args: CliArguments): Promise<readonly RevocationList[]> {
  const place = args.flag('crl')
  if (place === undefined) return []
  const files = (await stat(place)).isDirectory() ? (await readdir(place)).filter((name) => extname(name) === '.crl').map((name) => join(place, name)) : [place]
  return Promise.all(files.map(async (name) => readList(name, new Uint8Array(await readFile(name)))))
}

const listWords: Readonly<Partial<Record<CryptoErrorCode, string>>> = {
  'list.delta': '是增量列表，没列入的证书是否已被吊销无从得知，不予采信；请取得基本列表 is a delta list, of what it leaves out nothing is known; get the base list',
  'list.indirect': '是间接列表，列的是几家签发机构的证书，不予采信；请取得签发机构只列自家证书的列表 is an indirect list, about several authorities; get the list the authority signs about its own certificates',
  'list.attributes': '是属性证书的列表，不涉及印章证书；请取得数字证书的吊销列表 is a list of attribute certificates, which seals do not use; get the list of revoked certificates',
  'list.weak': '用 MD5 或 SHA-1 签名，可被伪造，不予采信 is signed over MD5 or SHA-1, which can be forged',
  'list.algorithm': '签名算法不在支持之列（SM2，RSA、ECDSA 配 SHA-2） is signed with none of SM2, RSA or ECDSA with SHA-2',
}

function readList(name: string, bytes: Uint8Array): RevocationList {
  try {
    return parseRevocationList(readDerOrPem(bytes, 'X509 CRL') ?? bytes)
  } catch (error) {
    if (error instanceof CryptoError) throw new InputError(`${name}：${listWords[error.code] ?? '不是证书吊销列表，或已损坏 is no list of revoked certificates, or damaged'}`)
    throw error
  }
}

async function listFiles(place: string, isNamed: boolean): Promise<readonly string[]> {
  try {
    if (!(await stat(place)).isDirectory()) return [place]
    return (await readdir(place)).filter((name) => ['.cer', '.crt', '.crl'].includes(extname(name))).map((name) => join(place, name))
  } catch (error) {
    if (!isNamed && error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
