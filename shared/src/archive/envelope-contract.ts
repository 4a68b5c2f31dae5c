/** Sending a file out of the system in a digital envelope (数字信封, GB/T 35275) that only the named recipients open. Fact: `archive.enveloped`. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import { command, download, query } from '../base/contract.ts'
import { idSchema } from '../base/ids.ts'
import { documentIdSchema } from '../documents/index.ts'

/** What is sent: the evidence package (证据包), or the sealed original (正本) alone. */
export const envelopeContents = ['evidence', 'original'] as const
/** Id of an envelope that was made. */
export const envelopeIdSchema = idSchema<'EnvelopeId'>()

/** How many recipients one envelope has at most: each is judged one by one by whoever sends. */
export const mostEnvelopeRecipients = 20

/** A certificate file as the recipient handed it over, PEM or DER, in base64. */
const certificateFile = z.base64().min(1).max(9000)

const recipientSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  /** SM3 of the certificate, hex: what sender and recipient compare by another way. */
  fingerprint: z.string(),
  validFrom: z.number(),
  validUntil: z.number(),
  /** Names up to a root of the trust store; null when nobody trusted here vouches for the certificate. */
  path: z.array(z.string()).nullable(),
  revocation: z.enum(['good', 'unknown', 'stale']),
})
/** Whom an envelope is for. */
export type EnvelopeRecipientView = z.output<typeof recipientSchema>

/** Enveloping. */
export const archiveEnvelopes = {
  readRecipient: query({
    name: 'archive.read-recipient',
    summary: 'Reads the encryption certificate (SM2) of a recipient: whose it is, until when, and whether the trust store knows its authority. Refuses what nobody could be sent an envelope with.',
    access: forStaff,
    input: z.strictObject({ certificate: certificateFile }),
    output: z.object({ recipient: recipientSchema }),
  }),
  envelope: command({
    name: 'archive.envelope',
    summary: 'Puts the evidence package or the sealed original of a document into an envelope for one or more recipients (SM4-CBC, its key under the SM2 key of each); the act is recorded before the file can be had.',
    access: forStaff,
    bodyLimitBytes: 256 * 1024,
    input: z.strictObject({
      documentId: documentIdSchema,
      of: z.enum(envelopeContents),
      recipients: z
        .array(
          z.strictObject({
            certificate: certificateFile,
            /** The fingerprint was compared with this recipient by another way; needed where nobody trusted here vouches for the certificate. */
            isCompared: z.boolean().default(false),
          }),
        )
        .min(1)
        .max(mostEnvelopeRecipients),
    }),
    output: z.object({ envelopeId: envelopeIdSchema, fileName: z.string(), digest: z.string() }),
  }),
  envelopeFile: download({
    name: 'archive.envelope-file',
    summary: 'The envelope (.p7m), for whoever made it.',
    access: forStaff,
    input: z.strictObject({ envelopeId: envelopeIdSchema }),
  }),
} as const
