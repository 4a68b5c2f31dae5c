/** The JSON form of a document: what `import --json` writes and every reader of ours accepts back. */
import { z } from 'zod'
import { elementsSchema, provisionKinds, type Block, type OfficialDocument } from '../model.ts'

const change = z.strictObject({ kind: z.enum(['insertion', 'deletion']), id: z.string().max(200), personId: z.string().max(100) })
const reformatted = z.strictObject({ id: z.string().max(200), personId: z.string().max(100), bold: z.boolean() })
const run = z.strictObject({ text: z.string().max(400_000), bold: z.boolean().exactOptional(), footnote: z.string().max(4_000).exactOptional(), change: change.exactOptional(), reformatted: reformatted.exactOptional() })
const runs = z.array(run).max(20_000)
const cell = z.strictObject({ columns: z.number().int().min(1).max(60), rows: z.number().int().min(1).max(3_000).exactOptional(), runs })
const row = z.strictObject({ header: z.boolean(), cells: z.array(cell).max(60) })
const image = z.strictObject({ digest: z.string().max(100), widthPx: z.number().int().min(1).max(100_000), heightPx: z.number().int().min(1).max(100_000), widthMm: z.number().min(1).max(1_000) })
const textKinds = ['title', 'title-note', 'recipients', ...provisionKinds, 'heading', 'paragraph', 'attachment-note', 'signature', 'date', 'note', 'annex-title'] as const
const reshaped = z.strictObject({ id: z.string().max(200), personId: z.string().max(100), before: z.strictObject({ kind: z.enum(textKinds), level: z.number().int().min(0).max(4) }) })
const proposed = { reshaped: reshaped.exactOptional() }
const text = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind), runs, ...proposed })

const blockSchema = z.discriminatedUnion('kind', [
  text('title'),
  text('title-note'),
  text('recipients'),
  text('chapter'),
  text('section'),
  text('article'),
  z.strictObject({ kind: z.literal('item'), continues: z.literal(true).exactOptional(), runs, ...proposed }),
  text('subitem'),
  z.strictObject({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    continues: z.literal(true).exactOptional(),
    runs,
    ...proposed,
  }),
  text('paragraph'),
  z.strictObject({ kind: z.literal('table'), landscape: z.literal(true).exactOptional(), rows: z.array(row).max(3_000) }),
  z.strictObject({ kind: z.literal('figure'), image, runs }),
  text('attachment-note'),
  text('signature'),
  text('date'),
  text('note'),
  text('annex-title'),
]) satisfies z.ZodType<Block>

/** Schema of a whole document. */
export const documentSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  elements: elementsSchema,
  blocks: z.array(blockSchema).max(100_000),
}) satisfies z.ZodType<OfficialDocument>

/** Whether a JSON text looks like a document of ours at all, for a better refusal than a list of fields. */
export function hasDocumentShape(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'version' in value && 'elements' in value && 'blocks' in value
}

