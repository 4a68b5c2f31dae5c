/** What is signed: the sender's envelope and the receiver's acknowledgement (回执). Both name the sealed PDF by its SM3 digest,
 * so neither side can later say that it was another document. */
import { z } from 'zod'
import { canonicalJson } from '../../base/canonical.ts'
import { receiverRoles } from '../model.ts'

const organ = z.object({ id: z.string(), name: z.string() })
const person = z.object({ id: z.string(), name: z.string() })
const post = z.object({ id: z.string(), title: z.string(), unit: z.string() })

/** The envelope of a dispatch, signed by whoever sends. Times are UTC ms. */
export const envelopeSchema = z.object({
  format: z.literal('xiewen-envelope-1'),
  dispatchId: z.string(),
  documentId: z.string(),
  title: z.string(),
  number: z.string(),
  urgency: z.enum(['none', 'urgent', 'extra-urgent']),
  /** SM3 of the sealed PDF. */
  digest: z.string(),
  /** Said of what bears no seal by its nature (纪要, what a meeting adopted): the receiver misses none. */
  unsealed: z.literal(true).exactOptional(),
  pages: z.number().int(),
  from: organ,
  receivers: z.array(z.object({ organ, role: z.enum(receiverRoles), copies: z.number().int() })),
  person,
  post,
  signBy: z.number(),
  at: z.number(),
})
/** The envelope of a dispatch. */
export type Envelope = z.output<typeof envelopeSchema>

/** What a receiver signs with the personal SM2 key when signing for a document (签收). */
export const acknowledgementSchema = z.object({
  format: z.literal('xiewen-acknowledgement-1'),
  dispatchId: z.string(),
  receiptId: z.string(),
  digest: z.string(),
  copies: z.number().int(),
  organ,
  person,
  post,
  onBehalfOf: z.string().nullable(),
  at: z.number(),
})
/** A receiver's acknowledgement. */
export type Acknowledgement = z.output<typeof acknowledgementSchema>

/** The very text that is signed. Source: RFC 8785 */
export function statementText(statement: Envelope | Acknowledgement): string {
  return canonicalJson(statement)
}

/** What the register says about a receipt; an acknowledgement must say the same. */
export interface ReceiptRecordFacts {
  readonly dispatchId: string
  readonly receiptId: string
  readonly digest: string
  readonly copies: number
  readonly organId: string
  readonly personId: string
  readonly at: number
}

/** Fields in which an acknowledgement and the register disagree; empty when it vouches for this receipt. */
export function findContradictions(said: Acknowledgement, facts: ReceiptRecordFacts): readonly string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['dispatchId', said.dispatchId, facts.dispatchId],
    ['receiptId', said.receiptId, facts.receiptId],
    ['digest', said.digest, facts.digest],
    ['copies', said.copies, facts.copies],
    ['organ', said.organ.id, facts.organId],
    ['person', said.person.id, facts.personId],
    ['at', said.at, facts.at],
  ]
  return pairs.filter(([, left, right]) => left !== right).map(([field]) => field)
}
