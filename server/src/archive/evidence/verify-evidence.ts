/** Checking an evidence package (证据包) with nothing but its bytes and what the checker trusts. */
import {
  CryptoError, fromBase64, merkleLeafHash, parseCheckpoint, parseRevocationList, type RevocationList, sm2Verify, sm3, toHex, verifyCheckpoint, verifyFile, verifyInclusion, type VerifyReport, type VerifyTrust,
} from '@xiewen/crypto'
import { z } from 'zod'
import { openZip, Unreadable, type ZipArchive } from '../../documents/index.ts'
import { opinionFaults, statementOf } from '../../workflow/index.ts'
import { type ProcessRecord, processSchema } from '../fixity.ts'
import { checkStamps } from './opinion-stamps.ts'
import { type EvidenceCheck, type EvidenceCheckName, evidenceFiles, type EvidenceManifest, evidenceManifestSchema, evidenceSignatureSchema, ledgerProofSchema } from './format.ts'

/** Findings on a package. WHOLE only when every check is good. */
export interface EvidenceReport {
  readonly verdict: 'WHOLE' | 'BROKEN' | 'OPEN'
  readonly manifest: Pick<EvidenceManifest, 'title' | 'number' | 'organName' | 'madeAt' | 'madeBy' | 'documentId'>
  readonly checks: readonly EvidenceCheck[]
  /** SM3 of the ledger key's public half, hex: to be compared with what the office publishes. */
  readonly ledgerKey: string
  readonly opinions: number
  readonly acts: number
  readonly seal: VerifyReport
}

/** What the checker brings: whom he trusts and what is revoked, and the fingerprint of the ledger's key where he knows it. */
export interface EvidenceTrust extends VerifyTrust {
  readonly ledgerKey?: string | undefined
}

/** Whether a file looks like an evidence package. */
export function isEvidence(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false
  try {
    return openZip(bytes).names.includes(evidenceFiles.manifest)
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
}

/** Verifies a package.
 *
 * @throws Unreadable when it is no package, damaged or beyond the limits of reading
 */
export async function verifyEvidence(bytes: Uint8Array, given: EvidenceTrust): Promise<EvidenceReport> {
  try {
    return await examine(openZip(bytes), given)
  } catch (error) {
    // Files inside that are not what their names say: keys, heads or records that cannot be parsed.
    if (error instanceof CryptoError || error instanceof SyntaxError || error instanceof z.ZodError) throw new Unreadable('documents.damaged-file')
    throw error
  }
}

async function examine(archive: ZipArchive, given: EvidenceTrust): Promise<EvidenceReport> {
  const manifestBytes = need(archive, evidenceFiles.manifest)
  const manifest = parse(manifestBytes, evidenceManifestSchema)
  const signature = parse(need(archive, evidenceFiles.signature), evidenceSignatureSchema)
  const process = parse(need(archive, evidenceFiles.process), processSchema)
  const ledger = parse(need(archive, evidenceFiles.ledger), ledgerProofSchema)
  const enclosed = readLists(archive)
  const lists: VerifyTrust = { ...given, revocationLists: [...(given.revocationLists ?? []), ...enclosed] }
  const seal = await verifyFile(need(archive, evidenceFiles.original), lists)
  const key = base64(ledger.publicKey)
  const fingerprint = toHex(sm3(key))
  const checks: readonly EvidenceCheck[] = [
    checkFiles(archive, manifest),
    finding('signature', signature.publicKey === ledger.publicKey && sm2Verify(key, manifestBytes, base64(signature.signature)) ? [] : [evidenceFiles.signature]),
    given.ledgerKey === undefined ? { check: 'ledger-key', state: 'open', details: [] } : finding('ledger-key', given.ledgerKey.toLowerCase() === fingerprint ? [] : [fingerprint]),
    finding('text', toHex(sm3(need(archive, evidenceFiles.text))) === manifest.textDigest ? [] : [evidenceFiles.text]),
    finding('opinions', wrongOpinions(process, manifest)),
    await checkStamps(process, lists),
    seal.verdict === 'VALID' ? finding('seal', []) : { check: 'seal', state: seal.verdict === 'INDETERMINATE' || seal.verdict === 'UNTRUSTED' ? 'open' : 'bad', details: [seal.verdict] },
    finding('ledger', wrongActs(ledger)),
    checkBinding(ledger, seal.digest, manifest),
  ]
  const verdict = checks.some(({ state }) => state === 'bad') ? 'BROKEN' : checks.some(({ state }) => state === 'open') ? 'OPEN' : 'WHOLE'
  const { title, number, organName, madeAt, madeBy, documentId } = manifest
  return { verdict, manifest: { title, number, organName, madeAt, madeBy, documentId }, checks, ledgerKey: fingerprint, opinions: process.opinions.length, acts: ledger.acts.length, seal }
}

/** Lists of revoked certificates that came along. They count only as far as an issuer the checker trusts has signed them, and only for
 * what was stamped before them; a newer list of the checker's own says more. */
function readLists(archive: ZipArchive): readonly RevocationList[] {
  return archive.names.filter((name) => name.startsWith(evidenceFiles.trust) && name.endsWith('.crl')).map((name) => parseRevocationList(need(archive, name)))
}

function finding(check: EvidenceCheckName, details: readonly string[]): EvidenceCheck {
  return { check, state: details.length === 0 ? 'good' : 'bad', details }
}

/** Every file as the manifest says, and none beside. */
function checkFiles(archive: ZipArchive, { files }: EvidenceManifest): EvidenceCheck {
  const told = new Set<string>([evidenceFiles.manifest, evidenceFiles.signature, ...files.map(({ name }) => name)])
  const wrong = files.filter(({ name, sm3: digest }) => {
    const bytes = archive.read(name)
    return bytes === null || toHex(sm3(bytes)) !== digest
  })
  return finding('files', [...wrong.map(({ name }) => name), ...archive.names.filter((name) => !told.has(name))])
}

/** Opinions with a wrong signature or predecessor, and a 签发 that was given on another text. */
function wrongOpinions(process: ProcessRecord, manifest: EvidenceManifest): readonly string[] {
  const rows = process.opinions.map((each) => ({ seq: each.seq, statement: each.statement, signature: each.signature, public_key: each.publicKey, told: statementOf(each) }))
  const cases = [...new Set(rows.map(({ told }) => told.caseId))]
  const faults = cases.flatMap((caseId) => opinionFaults(rows.filter(({ told }) => told.caseId === caseId), caseId).map(({ seq, problem }) => `${seq} ${problem}`))
  const signed = rows.filter(({ told }) => told.act === 'sign').at(-1)
  const foreign = rows.filter(({ told }) => told.documentId !== manifest.documentId).map(({ seq }) => `${seq} other-document`)
  return [...faults, ...foreign, ...(signed?.told.digest === manifest.textDigest ? [] : ['sign other-text'])]
}

/** Acts that do not stand in the ledger whose head is signed. */
function wrongActs({ checkpoint, publicKey, acts }: z.output<typeof ledgerProofSchema>): readonly string[] {
  const head = parseCheckpoint(checkpoint)
  if (!verifyCheckpoint(head, base64(publicKey))) return ['checkpoint']
  return acts
    .filter(({ record, index, path }) => {
      const leafHash = merkleLeafHash(new TextEncoder().encode(record))
      return !verifyInclusion({ index, size: head.size, leafHash, root: head.root, path: path.map(base64) })
    })
    .map(({ index }) => String(index + 1))
}

const actSchema = z.object({ kind: z.string(), subject: z.object({ id: z.string() }), data: z.looseObject({}) })

/** Whether the ledger says that just this PDF was made of just this text. */
function checkBinding({ acts }: z.output<typeof ledgerProofSchema>, pdfDigest: string, manifest: EvidenceManifest): EvidenceCheck {
  const told = acts.map(({ record }) => actSchema.parse(JSON.parse(record)))
  const bound = told.some(
    ({ kind, subject, data }) =>
      (kind === 'documents.sealed' || kind === 'documents.typeset') && subject.id === manifest.documentId && data['digest'] === pdfDigest && data['textDigest'] === manifest.textDigest,
  )
  return finding('binding', bound ? [] : [evidenceFiles.original])
}

function need(archive: ZipArchive, name: string): Uint8Array {
  const bytes = archive.read(name)
  if (!bytes) throw new Unreadable('documents.damaged-file', { part: name })
  return bytes
}

function parse<T>(bytes: Uint8Array, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** Bytes of base64; text that is none gives no bytes, so that every check on it fails. */
function base64(text: string): Uint8Array {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? fromBase64(text) : new Uint8Array()
}
