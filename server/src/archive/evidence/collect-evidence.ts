/** Making the evidence package (证据包) of an issued document. */
import { sm3, toBase64, toHex } from '@xiewen/crypto'
import { accept, canonicalJson, type Result, refuse } from '@xiewen/shared/base'
import { formatDocumentNumber } from '@xiewen/shared/documents'
import { findDocument, getIssuedPdf, listLogDigests, presentDocument } from '../../documents/index.ts'
import { proveActs } from '../../platform/audit/proofs.ts'
import { auditKeyName } from '../../platform/audit/slice.ts'
import type { QueryContext } from '../../platform/context.ts'
import { listCasesOfDocument } from '../../workflow/index.ts'
import { type LooseFile, readAttachments, readFinalText, readProcess } from '../collect.ts'
import { bytesOfRecord } from '../fixity.ts'
import { readTrustFiles } from '../seal-check.ts'
import { packZip, type ZipEntry } from '../../platform/zip/pack-zip.ts'
import { type EvidenceManifest, evidenceFiles } from './format.ts'

/** Collects and packs; refuses `archive.no-evidence` before the document is signed and typeset. */
export async function makeEvidence(ctx: QueryContext, documentId: string): Promise<Result<Uint8Array>> {
  const row = await findDocument(ctx.db, documentId)
  const original = await getIssuedPdf(ctx.db, documentId)
  const text = await readFinalText(ctx, documentId)
  if (!row || !original || text.digest === null) return refuse('archive.no-evidence')
  const document = presentDocument(row)
  const key = await ctx.services.keys.getOrCreate(auditKeyName)
  const cases = await listCasesOfDocument(ctx.db, documentId)
  const files: readonly ZipEntry[] = [
    { name: evidenceFiles.original, bytes: await ctx.services.blobs.get(original.blob) },
    ...[...text.files, ...(await readAttachments(ctx, documentId))].map(({ name, bytes }: LooseFile) => ({ name, bytes })),
    { name: evidenceFiles.process, bytes: bytesOfRecord(await readProcess(ctx, documentId)) },
    { name: evidenceFiles.log, bytes: encode(canonicalJson(await listLogDigests(ctx.db, documentId))) },
    { name: evidenceFiles.ledger, bytes: encode(canonicalJson(await proveActs(ctx.db, [documentId, ...cases.map((each) => each.row.id)], key))) },
    ...(await readTrustFiles(ctx)).map(({ name, bytes }) => ({ name: `${evidenceFiles.trust}${name}`, bytes })),
    { name: evidenceFiles.readme, bytes: encode(describe(document.title, toHex(sm3(key.publicKey)))) },
  ]
  const manifest: EvidenceManifest = {
    format: 'xiewen-evidence-1',
    documentId,
    title: document.title,
    number: document.number ? formatDocumentNumber(document.number) : '',
    organName: document.organName,
    madeAt: ctx.now,
    madeBy: ctx.actor.name,
    textDigest: text.digest,
    files: files.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length, sm3: toHex(sm3(bytes)) })),
  }
  const bytes = encode(canonicalJson(manifest))
  const signature = { algorithm: 'SM2-SM3', publicKey: toBase64(key.publicKey), signature: toBase64(await key.sign(bytes)) }
  return accept(packZip([{ name: evidenceFiles.manifest, bytes }, { name: evidenceFiles.signature, bytes: encode(canonicalJson(signature)) }, ...files], { packing: 'stored', at: ctx.now }))
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function describe(title: string, fingerprint: string): string {
  return [
    `《${title}》证据包`,
    '',
    '内容：正本（含电子印章）、定稿、审批意见及各人签名与时间戳、修改记录摘要、审计账本证明、附件、制章及根证书、证书吊销列表。',
    '核验：npx xiewen verify 本文件 --trust 信任的根证书（或目录） --ledger-key 账本公钥指纹',
    '核验不需要服务器和网络。“证书”目录仅供查阅，不能作为信任的依据；请向制发机关另行取得根证书和账本公钥指纹。',
    `制发机关账本公钥指纹（SM3）：${fingerprint}`,
    '',
  ].join('\r\n')
}
