/** Whom the command line trusts: certificates (`*.cer`) and revocation lists (`*.crl`) of a file or folder. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { parseRevocationList, readAnyCertificate, type VerifyTrust } from '@xiewen/crypto'
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
    revocationLists: read.filter(({ name }) => extname(name) === '.crl').map(({ bytes }) => parseRevocationList(bytes)),
    at: Date.now(),
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
