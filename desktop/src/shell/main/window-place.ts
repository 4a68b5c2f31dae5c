/** Where the window stands, and where it may stand again. */
import { z } from 'zod'

/** Position and size in device-independent pixels. */
export const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximised: z.boolean(),
})

/** Position and size in device-independent pixels. */
export type WindowPlace = z.output<typeof windowPlaceSchema>

/** A rectangle of a screen. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The size of a first start. */
export const firstSize = { width: 1280, height: 820 } as const
/** Smaller than this the interface shows its narrow form, which is not meant for a desk. */
export const smallestSize = { width: 720, height: 520 } as const

/** Decides where to open. A remembered place counts only if a good part of the title bar would be on a screen: screens are
 * unplugged and resolutions change.
 *
 * @param saved    as remembered, or null
 * @param screens  usable areas, the main one first
 */
export function decidePlace(saved: WindowPlace | null, screens: readonly Area[]): WindowPlace {
  const main = screens[0] ?? { x: 0, y: 0, ...firstSize }
  if (saved !== null && screens.some((screen) => titleBarShows(saved, screen))) {
    return {
      ...saved,
      width: Math.max(saved.width, smallestSize.width),
      height: Math.max(saved.height, smallestSize.height),
    }
  }
  const width = Math.min(firstSize.width, main.width)
  const height = Math.min(firstSize.height, main.height)
  return {
    x: main.x + Math.floor((main.width - width) / 2),
    y: main.y + Math.floor((main.height - height) / 2),
    width,
    height,
    maximised: saved?.maximised ?? false,
  }
}

function titleBarShows(place: WindowPlace, screen: Area): boolean {
  const visible = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x)
  return visible >= 120 && place.y >= screen.y && place.y + 40 <= screen.y + screen.height
}
