/** Colours of an official page. Source: GB/T 9704-2012 6.2 gives red as Y80 M80; on screens and in RGB a house choice. */

/** Red, green and blue from 0 to 1. */
export type Rgb = readonly [number, number, number]

/** Ink of official elements. */
export const inks: Readonly<Record<'black' | 'red', Rgb>> = { black: [0, 0, 0], red: [0.86, 0.08, 0.08] }

/** Colours of revisions (花脸稿), one a person in order of appearance. */
export const revisionInks: readonly Rgb[] = [
  [0.78, 0.16, 0.16],
  [0.1, 0.34, 0.72],
  [0.08, 0.5, 0.28],
  [0.55, 0.2, 0.62],
  [0.72, 0.42, 0.02],
  [0.0, 0.48, 0.55],
]

/** The colour of a person's revisions. */
export function revisionInk(people: readonly string[], personId: string): Rgb {
  const at = Math.max(0, people.indexOf(personId))
  return revisionInks[at % revisionInks.length] ?? inks.black
}
