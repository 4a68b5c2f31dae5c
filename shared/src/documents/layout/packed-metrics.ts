/** Widths of the faces in use, and which of them lend signs to which, small enough to be sent to every window: there the engine lays out the same pages as here. */
import { z } from 'zod'
import type { FontMetrics, FontRole } from './model.ts'
import type { SignFaces } from './signs.ts'

/** Roles of type in a fixed order. */
export const fontRoles = ['fangsong', 'xiaobiaosong', 'heiti', 'kaiti', 'songti'] as const satisfies readonly FontRole[]

/** Widths of one role. `runs` holds threes of numbers: code points left out since the last run, length of the run, place of its
 * width (em) in `widths`. */
const roleWidthsSchema = z.object({ widths: z.array(z.number()), runs: z.array(z.number().int().min(0)) })
/** Widths of one role, see `packWidths`. */
export type RoleWidths = z.output<typeof roleWidthsSchema>

/** Chinese signs another family lends to a role. `runs` holds threes of numbers: code points left out since the last run, length of the
 * run, place of the lender in `families` of the whole package. */
const lentRunsSchema = z.array(z.number().int().min(0))

/** Widths of all roles, who lends what, and whose faces they are. */
export const packedMetricsSchema = z.object({
  fingerprint: z.string(),
  families: z.array(z.string()),
  lent: z.object({ fangsong: lentRunsSchema, xiaobiaosong: lentRunsSchema, heiti: lentRunsSchema, kaiti: lentRunsSchema, songti: lentRunsSchema }),
  roles: z.object({ fangsong: roleWidthsSchema, xiaobiaosong: roleWidthsSchema, heiti: roleWidthsSchema, kaiti: roleWidthsSchema, songti: roleWidthsSchema }),
})
/** Widths of all roles, and whose they are. */
export type PackedMetrics = z.output<typeof packedMetricsSchema>

/** Packs widths of one role.
 *
 * @param signs code points with their advance (em), ascending; signs no face has are absent
 */
export function packWidths(signs: Iterable<readonly [codePoint: number, advance: number]>): RoleWidths {
  const places = new Map<number, number>()
  const runs: number[] = []
  let end = 0
  let open = -1
  for (const [codePoint, advance] of signs) {
    const place = places.get(advance) ?? places.size
    places.set(advance, place)
    if (codePoint === end && place === open) runs[runs.length - 2] = (runs.at(-2) ?? 0) + 1
    else runs.push(codePoint - end, 1, place)
    open = place
    end = codePoint + 1
  }
  return { widths: [...places.keys()], runs }
}

/** Packs what other families lend to a role.
 *
 * @param signs code points with the family that lends them, ascending
 * @param families grows by the families that are new
 */
export function packLent(signs: Iterable<readonly [codePoint: number, family: string]>, families: string[]): readonly number[] {
  const runs: number[] = []
  let end = 0
  let open = -1
  for (const [codePoint, family] of signs) {
    if (!families.includes(family)) families.push(family)
    const place = families.indexOf(family)
    if (codePoint === end && place === open) runs[runs.length - 2] = (runs.at(-2) ?? 0) + 1
    else runs.push(codePoint - end, 1, place)
    open = place
    end = codePoint + 1
  }
  return runs
}

/** Who lends what, as it was packed. */
export function openLenders(packed: PackedMetrics): SignFaces['lender'] {
  const tables = new Map(fontRoles.map((role) => [role, openRuns(packed.lent[role])]))
  return (role, codePoint) => {
    const place = tables.get(role)?.(codePoint) ?? null
    return place === null ? null : (packed.families[place] ?? null)
  }
}

/** The third number of the run a code point lies in, or null; found by halving. */
function openRuns(runs: readonly number[]): (codePoint: number) => number | null {
  const stretches: { readonly first: number; readonly last: number; readonly place: number }[] = []
  let at = 0
  for (let index = 0; index < runs.length; index += 3) {
    const first = at + (runs[index] ?? 0)
    at = first + (runs[index + 1] ?? 0)
    stretches.push({ first, last: at - 1, place: runs[index + 2] ?? 0 })
  }
  return (codePoint) => {
    let [low, high] = [0, stretches.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const stretch = stretches[middle]
      if (!stretch) return null
      if (codePoint < stretch.first) high = middle - 1
      else if (codePoint > stretch.last) low = middle + 1
      else return stretch.place
    }
    return null
  }
}

/** Beyond this code point signs are rare and looked up in runs. */
const dense = 0x10000

/** Metrics for the engine: the very numbers that were packed. */
export function openMetrics(packed: PackedMetrics): FontMetrics {
  const tables = new Map(fontRoles.map((role) => [role, openWidths(packed.roles[role])]))
  return {
    fingerprint: packed.fingerprint,
    advance: (role, codePoint) => tables.get(role)?.(codePoint) ?? null,
  }
}

function openWidths({ widths, runs }: RoleWidths): (codePoint: number) => number | null {
  /** Place of the width + 1; 0 where no face has the sign. */
  const places = new Uint16Array(dense)
  const far: { readonly first: number; readonly last: number; readonly place: number }[] = []
  let at = 0
  for (let index = 0; index < runs.length; index += 3) {
    const first = at + (runs[index] ?? 0)
    at = first + (runs[index + 1] ?? 0)
    const place = (runs[index + 2] ?? 0) + 1
    places.fill(place, Math.min(first, dense), Math.min(at, dense))
    if (at > dense) far.push({ first, last: at - 1, place })
  }
  return (codePoint) => {
    const place = codePoint < dense ? places[codePoint] : far.find((run) => codePoint >= run.first && codePoint <= run.last)?.place
    return place === undefined || place === 0 ? null : (widths[place - 1] ?? null)
  }
}
