/** Typefaces (字体) of an office: which face plays each role of GB/T 9704-2012 5.2.2, 7.2 to 7.5. */
import { z } from 'zod'
import { forDuties } from '../base/access.ts'
import { command, query } from '../base/contract.ts'
import { fontRoles } from './layout/packed-metrics.ts'
import type { FontRole } from './layout/model.ts'

/** The elements printed in each role; each is a string key `documents.ui.typefaces.element.<name>`. */
export const elementsOfRole: Readonly<Record<FontRole, readonly string[]>> = {
  xiaobiaosong: ['mark', 'title', 'annex-title'],
  fangsong: ['body', 'heading-3', 'heading-4', 'number', 'closing', 'imprint', 'table'],
  heiti: ['heading-1', 'chapter', 'annex-label', 'secrecy', 'table-head', 'caption'],
  kaiti: ['heading-2', 'section', 'signer'],
  songti: ['page-number', 'note-mark'],
}

const key = z.string().max(200).default('')

/** The chosen face of each role by its key; an empty one leaves it to the first there is. */
export const faceChoiceSchema = z.strictObject({ fangsong: key, xiaobiaosong: key, heiti: key, kaiti: key, songti: key })
/** The chosen face of each role. */
export type FaceChoice = z.output<typeof faceChoiceSchema>

const faceOptionSchema = z.object({
  key: z.string(),
  family: z.string(),
  file: z.string(),
  /** From the office's folder, or installed. */
  origin: z.enum(['office', 'data', 'system', 'npm']),
  /** A face of another kind (no real 仿宋). */
  isStandIn: z.boolean(),
  /** Embedding rights of the file; 4 allows preview and print only. */
  fsType: z.number(),
  /** Signs it has. */
  coverage: z.number(),
})

/** Commands and queries about typefaces. */
export const typefacesContract = {
  typefaces: query({
    name: 'documents.typefaces',
    summary: 'The typefaces the office prints with and those it may choose; the folder is read anew.',
    access: forDuties('office-director', 'registrar', 'system-admin'),
    input: z.strictObject({}),
    output: z.object({
      choice: faceChoiceSchema,
      version: z.number(),
      changed: z.object({ at: z.number(), name: z.string(), reason: z.string() }).nullable(),
      folder: z.string(),
      /** Files were added or taken away since the faces in force were loaded. */
      isBehind: z.boolean(),
      roles: z.array(z.object({ role: z.enum(fontRoles), options: z.array(faceOptionSchema), lenders: z.array(z.string()) })),
      refused: z.array(z.object({ file: z.string(), reason: z.enum(['restricted', 'unreadable', 'not-a-font']) })),
    }),
  }),
  previewTypefaces: query({
    name: 'documents.preview-typefaces',
    summary: 'Pages of a sample document in a choice of typefaces that is not in force yet.',
    access: forDuties('office-director', 'registrar', 'system-admin'),
    input: faceChoiceSchema,
    output: z.object({ pages: z.array(z.string()), missing: z.string() }),
  }),
  chooseTypefaces: command({
    name: 'documents.choose-typefaces',
    summary: 'Chooses the typefaces of the office (选用字体) for all organs of this server; in force at once for everything that is not typeset yet.',
    access: forDuties('system-admin'),
    input: z.strictObject({ choice: faceChoiceSchema, version: z.number().int(), reason: z.string().trim().max(200) }),
    output: z.object({ version: z.number() }),
  }),
} as const
