/** What an evidence package (证据包) holds. It is a ZIP of plain files, so that a court or an auditor can read it with any tool. */
import { z } from 'zod'

/** Names inside the package. */
export const evidenceFiles = {
  manifest: '证据.json',
  signature: '签名.json',
  original: '正本.pdf',
  text: '定稿.json',
  process: '流程.json',
  log: '修改记录摘要.json',
  ledger: '审计证明.json',
  readme: '说明.txt',
  /** Folder of certificates and lists of revoked ones. */
  trust: '证书/',
} as const

/** 证据.json: what the package is about and the SM3 of every other file but the signature. */
export const evidenceManifestSchema = z.object({
  format: z.literal('xiewen-evidence-1'),
  documentId: z.string(),
  title: z.string(),
  number: z.string(),
  organName: z.string(),
  madeAt: z.number(),
  madeBy: z.string(),
  /** SM3 of the canonical signed text, hex: what opinions, permit and ledger are bound to. */
  textDigest: z.string(),
  files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), sm3: z.string() })),
})
/** 证据.json. */
export type EvidenceManifest = z.output<typeof evidenceManifestSchema>

/** 签名.json: SM2 signature by the ledger's key over the bytes of 证据.json. Base64. */
export const evidenceSignatureSchema = z.object({ algorithm: z.literal('SM2-SM3'), publicKey: z.string(), signature: z.string() })

/** 审计证明.json; see `LedgerProof`. */
export const ledgerProofSchema = z.object({
  checkpoint: z.string(),
  publicKey: z.string(),
  acts: z.array(z.object({ record: z.string(), index: z.number().int(), path: z.array(z.string()) })),
})

/** What is looked at, in this order. */
export const evidenceChecks = ['files', 'signature', 'ledger-key', 'text', 'opinions', 'stamps', 'seal', 'ledger', 'binding'] as const
/** One of `evidenceChecks`. */
export type EvidenceCheckName = (typeof evidenceChecks)[number]

/** One finding: `open` could not be decided with what was given. `details` names files, opinions or acts that are wrong. */
export interface EvidenceCheck {
  readonly check: EvidenceCheckName
  readonly state: 'good' | 'bad' | 'open'
  readonly details: readonly string[]
}
