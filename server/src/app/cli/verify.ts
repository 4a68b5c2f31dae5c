/** `verify FILE`: who sealed it, when, with which seal, and whether anything changed since. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, parseCertificate, presentNote, presentReason, presentVerdict, type SignatureReport, verifyFile } from '@xiewen/crypto'
import { type CliCommand, exitCodes, InputError, type Terminal, UsageError } from './command.ts'
import { isEvidence } from '../../archive/index.ts'
import { readConfig } from '../../platform/config/config.ts'
import { reportEvidence } from './verify-evidence.ts'

const largestFile = 256 * 1024 * 1024

/** `verify`. Trusts the installation's own root and seal makers (`<data>/trust/*.cer`) or what `--trust` names, a file or a folder. */
export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: 'verify FILE [--trust FILE.cer|DIR] [--ledger-key SM3] [--data DIR] [--json]',
  summary: 'Verifies the seals of a PDF, or an evidence package, without a server; exit code 1 unless everything is in order. 验章、核验证据包。',
  run: async (args, terminal) => {
    const file = args.words[0]
    if (file === undefined) throw new UsageError('请写要验章的文件 name the file to verify')
    if ((await stat(file)).size > largestFile) throw new InputError(`${file}：超过 256 MiB larger than 256 MiB`)
    const named = args.flag('trust')
    const trust = await readTrust(named ?? join(readConfig(args.all, process.env).dataDir, 'trust'), named !== undefined)
    const bytes = await readFile(file)
    if (isEvidence(bytes)) return reportEvidence(bytes, { trust, at: Date.now(), ledgerKey: args.flag('ledger-key') }, args, terminal)
    const report = await verifyFile(bytes, { trust, at: Date.now() })
    if (args.json) terminal.out(JSON.stringify(report, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)))
    else printReport(report, terminal)
    return report.verdict === 'VALID' ? exitCodes.ok : exitCodes.found
  },
}

/** Certificates of a file or of a folder's `*.cer` files. */
async function readTrust(place: string, isNamed: boolean): Promise<readonly Certificate[]> {
  try {
    const files = (await stat(place)).isDirectory() ? (await readdir(place)).filter((name) => name.endsWith('.cer')).map((name) => join(place, name)) : [place]
    return await Promise.all(files.map(readCertificate))
  } catch (error) {
    // Without an installation at hand there is simply nobody to trust: the verdict says so.
    if (!isNamed && error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function readCertificate(file: string): Promise<Certificate> {
  const bytes = await readFile(file)
  try {
    return parseCertificate(bytes)
  } catch (error) {
    throw new InputError(`${file}：不是证书 is no certificate (${error instanceof Error ? error.message : String(error)})`, { cause: error })
  }
}

function printReport(report: Awaited<ReturnType<typeof verifyFile>>, terminal: Terminal): void {
  terminal.out(`${report.verdict} ${presentVerdict(report.verdict, 'zh-CN')}`)
  for (const reason of report.reasons) terminal.out(`  ${presentReason(reason, 'zh-CN')}`)
  for (const [index, signature] of report.signatures.entries()) printSignature(signature, index + 1, terminal)
}

function printSignature(signature: SignatureReport, number: number, terminal: Terminal): void {
  const time = signature.signedAt === null ? '—' : new Date(signature.signedAt + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19)
  terminal.out(`${number}. ${signature.verdict} · 印章 ${signature.seal?.name ?? '—'}（${signature.seal?.id ?? '—'}）· 签章人 ${signature.signer?.commonName ?? '—'} · ${time} · 第 ${signature.place?.page ?? '—'} 页`)
  for (const reason of signature.reasons) terminal.out(`   ${presentReason(reason, 'zh-CN')}`)
  for (const note of signature.notes) terminal.out(`   ${presentNote(note, 'zh-CN')}`)
}
