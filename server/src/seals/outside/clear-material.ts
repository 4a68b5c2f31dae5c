/** Scans and seals from outside that were handed in and lie about: a seal takes over what it needs when it is applied for, so a row older than a
 * month serves nobody. */
import type { JobKind } from '../../platform/slice.ts'
import { deleteMaterialBefore } from './outside-tables.ts'

/** How long somebody may take between handing a picture in and applying for the seal. */
const keptMs = 30 * 86_400_000

/** Every night at twenty past one. The act says how many went; what was handed in stays named in `seals.material-read`. */
export const clearMaterial: JobKind = {
  name: 'seals.clear-material',
  misfire: 'run-late',
  dailyAtMinute: 80,
  run: async (ctx) => {
    const cleared = await deleteMaterialBefore(ctx.db, ctx.now - keptMs)
    if (cleared > 0) await ctx.record({ kind: 'seals.material-cleared', subject: { kind: 'seal-material', id: 'old' }, data: { cleared } })
  },
}
