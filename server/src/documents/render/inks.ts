/** Colours of an official page. Source: GB/T 9704-2012 6.2 gives red as Y80 M80; on screens and in RGB a house choice. */
import { type GlyphRun, type Layout, PersonColours } from '@xiewen/shared/documents'

/** Red, green and blue from 0 to 1. */
export type Rgb = readonly [number, number, number]

/** Ink of official elements. */
export const inks: Readonly<Record<'black' | 'red', Rgb>> = { black: [0, 0, 0], red: [0.86, 0.08, 0.08] }

/** The ink of a run: that of whoever revised it, else its own. */
export function inkOf(run: GlyphRun, revisers: ReadonlyMap<string, Rgb>): Rgb {
  return (run.change && revisers.get(run.change.personId)) ?? inks[run.ink]
}

/** The inks of the people whose revisions (花脸稿) the layout shows, given out in order of appearance: those that the editor shows for
 * them. */
export function revisersOf(layout: Layout): ReadonlyMap<string, Rgb> {
  const [colours, given] = [new PersonColours(), new Map<string, Rgb>()]
  for (const page of layout.pages) {
    for (const item of page.items) {
      if (item.kind !== 'text' || !item.change || given.has(item.change.personId)) continue
      given.set(item.change.personId, rgbOf(colours.of(item.change.personId)))
    }
  }
  return given
}

function rgbOf(colour: string): Rgb {
  const part = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}
