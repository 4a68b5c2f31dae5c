/** Where a seal may stand. Source: GB/T 9704-2012 7.3.5.1 (署名、成文日期之上，端正居中下压，顶端距正文一行之内) */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { SealPlace, Straddle } from '../model.ts'

/** One step of the arrow keys, millimetres. */
export const nudgeStepMm = 0.5

/** A place a layout offers for the seal of an organ. */
export interface OfferedPlace {
  readonly organ: string
  readonly page: number
  readonly centreX: number
  readonly centreY: number
  readonly slackX: number
  readonly slackY: number
}

/** What is known of the organ whose seal seeks its place. */
export interface SealOwner {
  readonly names: readonly string[]
  /** The document is issued by this organ. */
  readonly issues: boolean
}

/** The place of an organ's seal among those offered: the one over its name; a sole place also serves the issuing organ when the
 * signature uses another form of its name.
 *
 * @returns refused `seals.no-place` when the document has no place for that organ
 */
export function findPlace(places: readonly OfferedPlace[], owner: SealOwner): Result<SealPlace> {
  const named = places.find((place) => owner.names.includes(place.organ.replaceAll(/\s/g, '')))
  const found = named ?? (owner.issues && places.length === 1 ? places[0] : undefined)
  if (!found) return refuse('seals.no-place', { organ: owner.names[0] ?? '' })
  const { page, centreX, centreY, slackX, slackY } = found
  return accept({ page, centreX, centreY, slackX, slackY, straddle: null })
}

/** Middle of the paper and the steps from it at which further seals over the seam find room, mm. A4 has room for five. */
const straddleMiddle = 148.5
const straddleSteps = [0, 50, -50, 100, -100] as const

/** Where a seal over the seam (骑缝章) stands: below or above those asked for before it.
 *
 * @returns refused `seals.too-few-pages` when there is one sheet only, `seals.seam-full` when the edge has no room left
 */
export function decideStraddle(sheets: Straddle['sheets'], pages: number, before: number): Result<Straddle> {
  if (pages < (sheets === 'double' ? 3 : 2)) return refuse('seals.too-few-pages', { pages })
  const step = straddleSteps[before]
  return step === undefined ? refuse('seals.seam-full') : accept({ sheets, centreY: straddleMiddle + step })
}

/** The centre after nudging, millimetres.
 *
 * @returns refused `seals.outside-place` beyond the lawful box
 */
export function decideCentre(place: SealPlace, nudgeX: number, nudgeY: number): Result<{ readonly x: number; readonly y: number }> {
  // A hundredth of a millimetre of rounding is no move.
  const isInside = Math.abs(nudgeX) <= place.slackX + 0.01 && Math.abs(nudgeY) <= place.slackY + 0.01
  if (!isInside) return refuse('seals.outside-place', { x: tenths(place.slackX), y: tenths(place.slackY) })
  return accept({ x: place.centreX + nudgeX, y: place.centreY + nudgeY })
}

/** For people: tenths of a millimetre, rounded down so that the number is allowed. */
function tenths(mm: number): number {
  return Math.floor(mm * 10) / 10
}
