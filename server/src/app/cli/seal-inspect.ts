/** `seal inspect FILE`: what a seal, a signature or a sealed file holds. Says nothing about whether it is genuine. */
import { type SignatureReport, toJsonReport, verifyFile } from '@xiewen/crypto'
import { type RunCommand, exitCodes, type Terminal } from './command.ts'
import { presentInstant } from './present-instant.ts'
import { presentPages, readSealedFile } from './verify.ts'

/** The command. Exit code 1 when nothing sealed is found. */
export const runSealInspect: RunCommand = async (args, terminal) => {
  const report = await verifyFile(await readSealedFile(args.words[0]), { trust: [] })
  const { kind, digest, sizeBytes, signatures } = toJsonReport(report)
  // Without trust no verdict means anything, so none is printed.
  const facts = { kind, digest, sizeBytes, signatures: signatures.map(({ verdict: _verdict, reasons: _reasons, notes: _notes, ...rest }) => rest) }
  if (args.json) terminal.out(JSON.stringify(facts))
  else {
    terminal.out(`${kind.toUpperCase()} · ${sizeBytes} 字节 · SM3 ${digest}`)
    if (signatures.length === 0) terminal.out('没有电子签章。No seal or signature found.')
    for (const signature of report.signatures) printFacts(signature, terminal)
  }
  return signatures.length > 0 ? exitCodes.ok : exitCodes.found
}

function printFacts(signature: SignatureReport, terminal: Terminal): void {
  const { seal, signer, time } = signature
  const lines: readonly (readonly [string, string | null])[] = [
    ['格式', signature.format],
    ['印章', seal && `${seal.name}（编码 ${seal.id}，类型 ${seal.type}，厂商 ${seal.vendorId}）`],
    ['有效期', seal && `${presentInstant(seal.validFrom)} 至 ${presentInstant(seal.validUntil)}`],
    ['制章者', seal && seal.makerName],
    ['图像', seal && `${seal.picture.type}，${seal.picture.widthMm}×${seal.picture.heightMm} 毫米，${seal.picture.data.length} 字节`],
    ['签章人', signer && `${signer.subject}（序列号 ${signer.serial}）`],
    ['证书有效期', signer && `${presentInstant(signer.notBefore)} 至 ${presentInstant(signer.notAfter)}`],
    ['签章时间', signature.signedAt === null ? null : `${presentInstant(signature.signedAt)}${time.source === 'time-stamp' ? '（有时间戳）' : ''}`],
    ['所在页', signature.places.length === 0 ? null : presentPages(signature)],
    ['覆盖', signature.coveredBytes === 0 ? null : `前 ${signature.coveredBytes} 字节`],
    ['认证级别', signature.certification === null ? null : `DocMDP ${signature.certification}`],
    ['未覆盖', signature.uncovered.length === 0 ? null : signature.uncovered.join('、')],
  ]
  terminal.out(`${signature.revision}. ${signature.fieldName ?? ''}`.trimEnd())
  for (const [label, value] of lines) if (value !== null && value !== '') terminal.out(`   ${label}：${value}`)
}
