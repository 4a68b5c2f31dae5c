/** Signing and checking what sender and receiver vouch for. */
import { fromBase64, sm2Verify, toBase64 } from '@xiewen/crypto'
import {
  type Acknowledgement, acknowledgementSchema, type Envelope, envelopeSchema, findContradictions, statementText, type Verification,
} from '@xiewen/shared/exchange'
import type { QueryContext } from '../platform/context.ts'
import type { DispatchRecord, ReceiptRecord } from './tables.ts'

/** A signed statement. `signature` (DER) and `publicKey` (65 bytes) are base64. */
export interface SignedText {
  readonly text: string
  readonly signature: string
  readonly publicKey: string
}

/** Signs with the caller's own SM2 key. Slow work: belongs into `prepare`. */
export async function signStatement(ctx: QueryContext, statement: Envelope | Acknowledgement): Promise<SignedText> {
  const key = await ctx.services.keys.getOrCreate(`person:${ctx.actor.personId}`)
  const text = statementText(statement)
  const signature = await key.sign(new TextEncoder().encode(text))
  return { text, signature: toBase64(signature), publicKey: toBase64(key.publicKey) }
}

function isGenuine(signed: SignedText): boolean {
  return sm2Verify(fromBase64(signed.publicKey), new TextEncoder().encode(signed.text), fromBase64(signed.signature))
}

/** Checks the sender's envelope against its signature, the person's key and the register; what it says of seals counts only then. */
export async function verifyEnvelope(ctx: QueryContext, dispatch: DispatchRecord): Promise<Pick<Verification, 'envelope' | 'isUnsealed'>> {
  const signed = { text: dispatch.envelope, signature: dispatch.signature, publicKey: dispatch.public_key }
  const said = parseStatement(dispatch.envelope, envelopeSchema)
  const agrees = said?.dispatchId === dispatch.id && said.digest === dispatch.blob && said.from.id === dispatch.organ_id && said.person.id === dispatch.person_id
  const isValid = agrees && (await isOwnKey(ctx, dispatch.person_id, dispatch.public_key)) && isGenuine(signed)
  return { envelope: isValid ? 'valid' : 'broken', isUnsealed: isValid && said.unsealed === true }
}

/** Checks a receiver's acknowledgement the same way, and says in which fields it contradicts the register. */
export async function verifyAcknowledgement(
  ctx: QueryContext,
  receipt: ReceiptRecord,
  digest: string,
): Promise<Pick<Verification, 'acknowledgement' | 'contradictions'>> {
  const { acknowledgement: text, signature, public_key: publicKey } = receipt
  const isSigned = receipt.signed_at !== null
  if (text === null || signature === null || publicKey === null) return { acknowledgement: isSigned ? 'broken' : 'none', contradictions: [] }
  const said = parseStatement(text, acknowledgementSchema)
  if (!said) return { acknowledgement: 'broken', contradictions: ['format'] }
  const contradictions = findContradictions(said, {
    dispatchId: receipt.dispatch_id,
    receiptId: receipt.id,
    digest,
    copies: receipt.copies,
    organId: receipt.organ_id,
    personId: receipt.signed_person_id ?? '',
    at: receipt.signed_at ?? 0,
  })
  const keyFits = await isOwnKey(ctx, receipt.signed_person_id ?? '', publicKey)
  const valid = contradictions.length === 0 && keyFits && isGenuine({ text, signature, publicKey })
  return { acknowledgement: valid ? 'valid' : 'broken', contradictions: [...contradictions, ...(keyFits ? [] : ['key'])] }
}

/** Whoever can write rows could put in a key of their own: the stored one must be the person's in the key store. */
async function isOwnKey(ctx: QueryContext, personId: string, publicKey: string): Promise<boolean> {
  const key = await ctx.services.keys.find(`person:${personId}`)
  return key !== null && toBase64(key.publicKey) === publicKey
}

function parseStatement<T>(text: string, schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
