/** Scans and seals from outside that were handed in and lie about: a seal takes over what it needs when it is applied for, so a row older than a
 * month serves nobody. Their bytes go after them: the drawing of a scan bears a mark of its own and goes at once; what bears none (scans of earlier
 * versions, and seals from outside, which the seal applied for shares) goes when nothing in the database names it any more. */
import type { BlobDigest, RecordedFact } from '@xiewen/shared/base'
import { z } from 'zod'
import { listActsAfter, listActsOn } from '../../platform/audit/read.ts'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { findMentions } from '../../platform/database/index.ts'
import type { JobKind, Reaction } from '../../platform/slice.ts'
import { isHandedIn } from '../drawing.ts'
import { deleteMaterialBefore } from './outside-tables.ts'

const day = 86_400_000
/** How long somebody may take between handing a picture in and applying for the seal. */
const keptMs = 30 * day
/** The most that goes in one night; the rest goes in the next. */
const mostCleared = 500
/** The most whose bytes are looked after in one night: every table is read for them. */
const mostLookedAfter = 20
const subject = { kind: 'seal-material', id: 'old' } as const

const readSchema = z.object({ origin: z.string(), drawing: z.string(), data: z.string().nullable() })
const clearedSchema = z.object({
  scans: z.array(z.string()).default([]),
  old: z.array(z.object({ id: z.string(), origin: z.string(), blobs: z.array(z.string()) })).default([]),
  throughSeq: z.number().optional(),
})
type Old = z.infer<typeof clearedSchema>['old'][number]

/** Every night at twenty past one. The act says how many went and whose bytes are looked after next; what was handed in stays named in `seals.material-read`. */
export const clearMaterial: JobKind = {
  name: 'seals.clear-material',
  misfire: 'run-late',
  dailyAtMinute: 80,
  run: async (ctx) => {
    const cleared = await deleteMaterialBefore(ctx.db, ctx.now - keptMs, mostCleared)
    const scans = cleared.filter((row) => row.origin === 'scanned').map((row) => row.drawing)
    const acts = await listActsAfter(ctx.db, 'seals.material-read', { afterSeq: await lookedAfterUntil(ctx), before: ctx.now - keptMs, limit: mostLookedAfter })
    const last = acts.at(-1)
    if (cleared.length > 0 || last !== undefined) await ctx.record({ kind: 'seals.material-cleared', subject, data: { cleared: cleared.length, scans, old: acts.map(oldOf), ...(last === undefined ? {} : { throughSeq: last.seq }) } })
  },
}

/** Up to which act the bytes of what was handed in have been looked after. */
async function lookedAfterUntil(ctx: CommandContext): Promise<number> {
  const acts = (await listActsOn(ctx.db, [subject.id])).filter(({ kind }) => kind === 'seals.material-cleared')
  return acts.reduce((until, { data }) => Math.max(until, clearedSchema.parse(data).throughSeq ?? 0), 0)
}

function oldOf({ subject: { id }, data }: RecordedFact): Old {
  const { origin, drawing, data: seal } = readSchema.parse(data)
  return { id, origin, blobs: [drawing, ...(seal === null ? [] : [seal])] }
}

/** Removes the pictures of scans that went. Only bytes that bear the mark of a scan handed in are removed: nobody else can have stored the same. */
export const removeScans: Reaction = {
  name: 'seals.remove-scans',
  on: ['seals.material-cleared'],
  prepare: async (ctx, fact) => {
    const { blobs } = ctx.services
    for (const each of clearedSchema.parse(fact.data).scans) {
      // Safe because the columns were written with what the blob store answered.
      const digest = each as BlobDigest
      if ((await blobs.has(digest)) && isHandedIn(await blobs.get(digest))) await blobs.remove(digest)
    }
    return null
  },
  run: async () => undefined,
}

/** One stored piece of what was handed in: which, and who still names it. */
interface Piece {
  readonly id: string
  readonly origin: string
  readonly digest: string
  readonly heldBy: string | null
}

/** Finds out which bytes of old uploads nobody names any more, and says so in the ledger before any of them goes: which, of what, and who holds the others. */
export const accountForOld: Reaction = {
  name: 'seals.account-for-old-material',
  on: ['seals.material-cleared'],
  prepare: async (ctx, fact) => {
    const { old } = clearedSchema.parse(fact.data)
    const pieces = old.flatMap(({ id, origin, blobs }) => blobs.map((digest) => ({ id, origin, digest })))
    const held = await findMentions(ctx.db, [...new Set(pieces.map(({ digest }) => digest))])
    // Safe because the acts were written with what the blob store answered.
    const stored = await Promise.all(pieces.map(({ digest }) => ctx.services.blobs.has(digest as BlobDigest)))
    return pieces.filter((_, i) => stored[i]).map((piece): Piece => ({ ...piece, heldBy: held.get(piece.digest) ?? null }))
  },
  run: async (ctx, _fact, prepared) => {
    // Safe because `prepare` above answers it.
    const pieces = prepared as readonly Piece[]
    if (pieces.length === 0) return
    const going = pieces.filter(({ heldBy }) => heldBy === null).map(({ id, origin, digest }) => ({ id, origin, digest }))
    await ctx.record({ kind: 'seals.material-unused', subject, data: { reason: 'handed in more than thirty days ago, and named nowhere any more', going, staying: pieces.filter(({ heldBy }) => heldBy !== null) } })
  },
}

const unusedSchema = z.object({ going: z.array(z.object({ digest: z.string() })) })

/** Removes what the account says, where still nobody names it and nobody has stored the same since yesterday: whoever hands the same in meanwhile has not named it yet. */
export const removeUnused: Reaction = {
  name: 'seals.remove-unused-material',
  on: ['seals.material-unused'],
  prepare: async (ctx: QueryContext, fact) => {
    const going = unusedSchema.parse(fact.data).going.map(({ digest }) => digest)
    const held = await findMentions(ctx.db, going)
    // Safe because the acts were written with what the blob store answered.
    for (const digest of going) if (!held.has(digest)) await ctx.services.blobs.removeUntouched(digest as BlobDigest, ctx.now - day)
    return null
  },
  run: async () => undefined,
}
