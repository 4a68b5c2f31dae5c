/** Scans and seals from outside that were handed in and lie about: a seal takes over what it needs when it is applied for, so a row older than a
 * month serves nobody. The pictures of scans go with their rows; a seal from outside stays in the store, since the seal applied for with it is the same bytes. */
import type { BlobDigest } from '@xiewen/shared/base'
import { z } from 'zod'
import type { JobKind, Reaction } from '../../platform/slice.ts'
import { isHandedIn } from '../drawing.ts'
import { deleteMaterialBefore } from './outside-tables.ts'

/** How long somebody may take between handing a picture in and applying for the seal. */
const keptMs = 30 * 86_400_000
/** The most that goes in one night; the rest goes in the next. */
const mostCleared = 500

/** Every night at twenty past one. The act says how many went; what was handed in stays named in `seals.material-read`. */
export const clearMaterial: JobKind = {
  name: 'seals.clear-material',
  misfire: 'run-late',
  dailyAtMinute: 80,
  run: async (ctx) => {
    const cleared = await deleteMaterialBefore(ctx.db, ctx.now - keptMs, mostCleared)
    const scans = cleared.filter((row) => row.origin === 'scanned').map((row) => row.drawing)
    if (cleared.length > 0) await ctx.record({ kind: 'seals.material-cleared', subject: { kind: 'seal-material', id: 'old' }, data: { cleared: cleared.length, scans } })
  },
}

const clearedSchema = z.object({ scans: z.array(z.string()).default([]) })

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
