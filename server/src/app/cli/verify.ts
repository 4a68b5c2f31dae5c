/** `verify FILE` and `seal verify FILE`: who sealed it, when, with which seal, and whether anything changed since. */
import { readFile, stat } from 'node:fs/promises'
import { presentNote, presentReason, presentVerdict, type SignatureReport, toJsonReport, verifyFile, type VerifyReport } from '@xiewen/crypto'
import { type CliArguments, exitCodes, InputError, type Terminal, UsageError } from './command.ts'
import { isEvidence } from '../../archive/index.ts'
import { presentInstant } from './present-instant.ts'
import { readTrust } from './seal-trust.ts'
import { reportEvidence } from './verify-evidence.ts'

const largestFile = 256 * 1024 * 1024

/** A file within the size that is verified. @throws UsageError, InputError */
export async function readSealedFile(name: string | undefined): Promise<Uint8Array> {
  if (name === undefined) throw new UsageError('请写要验章的文件 name the file to verify')
  if ((await stat(name)).size > largestFile) throw new InputError(`${name}：超过 256 MiB larger than 256 MiB`)
  return readFile(name)
}

/** `verify` and `seal verify`. Trusts the installation's own root and seal makers (`<data>/trust`) or what `--trust` names. */
export async function runVerify(args: CliArguments, terminal: Terminal): Promise<number> {
  const bytes = await readSealedFile(args.words[0])
  const trust = await readTrust(args)
  const strict = args.flag('strict') === undefined ? {} : { needs: { timeStamp: true, revocation: true } }
  if (isEvidence(bytes)) return reportEvidence(bytes, { ...trust, ...strict, ledgerKey: args.flag('ledger-key') }, args, terminal)
  const document = args.flag('document')
  const report = await verifyFile(bytes, { ...trust, ...strict, ...(document === undefined ? {} : { document: await readSealedFile(document) }) })
  if (args.json) terminal.out(JSON.stringify(toJsonReport(report)))
  else printReport(report, terminal)
  return report.verdict === 'VALID' ? exitCodes.ok : exitCodes.found
}

function printReport(report: VerifyReport, terminal: Terminal): void {
  terminal.out(`${report.verdict} ${presentVerdict(report.verdict, 'zh-CN')}`)
  for (const reason of report.reasons) terminal.out(`  ${presentReason(reason, 'zh-CN')}`)
  for (const [index, signature] of report.signatures.entries()) printSignature(signature, index + 1, terminal)
}

/** Pages a seal is shown on, each once. */
export function presentPages(signature: SignatureReport): string {
  return [...new Set(signature.places.map(({ page }) => page))].join('、') || '—'
}

function printSignature(signature: SignatureReport, number: number, terminal: Terminal): void {
  const { seal, signer, time } = signature
  const source = time.source === 'time-stamp' ? `（时间戳：${time.authority ?? '—'}）` : ''
  terminal.out(
    `${number}. ${signature.verdict} · 印章 ${seal?.name ?? '—'}（${seal?.id ?? '—'}）· 签章人 ${signer?.commonName ?? '—'} · ${presentInstant(time.at)}${source} · 第 ${presentPages(signature)} 页`,
  )
  for (const reason of signature.reasons) terminal.out(`   ${presentReason(reason, 'zh-CN')}`)
  for (const note of signature.notes) terminal.out(`   ${presentNote(note, 'zh-CN')}`)
}
