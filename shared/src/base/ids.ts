/** Branded identifiers and the schema that parses them. Ids are made by the server only; this file knows their shape. */
import { z } from 'zod'
import type { Brand } from './brand.ts'

/** 26 lower-case Crockford base-32 characters: 48 bits of time, 80 bits of randomness, so ids sort by birth. */
export const idPattern = /^[0-9a-hjkmnp-tv-z]{26}$/

/** A schema for one kind of id.
 *
 * @returns a zod schema whose output is the branded string; refuses anything that is not 26 characters of `idPattern`
 * Source: house rule
 */
export function idSchema<Name extends string>(): z.ZodType<Brand<string, Name>> {
  // Safe because the brand exists at compile time only and the pattern has been checked.
  return z.string().regex(idPattern) as unknown as z.ZodType<Brand<string, Name>>
}

/** A fact in the ledger of acts: one leaf of the audit tree and one event for other rooms. */
export type FactId = Brand<string, 'FactId'>
/** Bytes kept by the server under the SM3 digest of their content, lower-case hex, 64 characters. */
export type BlobDigest = Brand<string, 'BlobDigest'>

/** Schema of a `BlobDigest`: 64 lower-case hex digits. */
export const blobDigestSchema: z.ZodType<BlobDigest> =
  // Safe because the pattern is the whole meaning of the brand.
  z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<BlobDigest>
