/** Printed copies (打印件) with a code that leads to the verifying page. Fact: `seals.copy-made`. */
import { z } from 'zod'
import { forAnyone, forStaff } from '../base/access.ts'
import { command, download, query } from '../base/contract.ts'
import { documentIdSchema } from '../documents/index.ts'
import { sealStates } from './model.ts'

/** A verifying code (验证码): sixteen signs of Crockford's base 32, eighty random bits. It names a document and says nothing of it. */
export const copyCodeSchema = z
  .string()
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{16}$/))

/** What the page behind a code tells: see `whatCopyTells`. Fields it does not tell are null. `seals` are all that were impressed, with their state now. */
export const copyViewSchema = z.object({
  tells: z.enum(['all', 'no-title', 'existence']),
  title: z.string().nullable(),
  number: z.string().nullable(),
  organName: z.string().nullable(),
  sealedAt: z.number().nullable(),
  seals: z.array(z.object({ name: z.string(), at: z.number(), state: z.enum(sealStates) })).nullable(),
  /** Whether the digest asked about is that of the sealed file (PDF or OFD), `earlier` when of the same file before another seal came; null when none was asked about. */
  match: z.enum(['same', 'earlier', 'none']).nullable(),
})
/** What the page behind a code tells. */
export type CopyView = z.output<typeof copyViewSchema>

/** Making copies, and asking about one. */
export const sealCopies = {
  makeCopy: command({
    name: 'seals.make-copy',
    summary: 'Gives a sealed document the verifying code of its printed copies (the same one each time), and records that a copy was made.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ code: z.string(), address: z.string() }),
  }),
  copyFile: download({
    name: 'seals.copy-file',
    summary: 'The copy for printing (PDF) with the verifying code in the lower outer margin of its first page. The seals are printed on it and no longer signatures: the sealed file itself stays as it is.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
  }),
  copy: query({
    name: 'seals.copy',
    summary: 'What the office says about a printed copy: for a document open to the public everything on its face, otherwise less; and whether a digest (SM3) is that of the sealed file.',
    access: forAnyone,
    metersStrangers: true,
    input: z.strictObject({ code: copyCodeSchema, digest: z.string().regex(/^[0-9a-f]{64}$/).optional() }),
    output: copyViewSchema,
  }),
} as const
