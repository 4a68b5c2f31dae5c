/** The pictures (图) of a traced text: what was put in, taken out or put in another's place, and by whom. */
import * as Y from 'yjs'
import type { FigureImage } from '../model.ts'
import { imageFrom } from '../text/from-ydoc.ts'
import { nodeNames } from '../ydoc.ts'
import type { History, Origin } from './history.ts'

/** A picture a figure shows from a row of the log on, until the next one. */
export interface PlacedPicture {
  readonly image: FigureImage
  /** The row that put it there. */
  readonly placed: Origin
}

/** A picture of a traced figure. `by` is who put it in or took it out; for what stayed, who put it where it is. */
export interface TracedPicture extends FigureImage {
  readonly op: 'same' | 'added' | 'removed'
  readonly by: Origin
}

/** The pictures a figure's element has shown, oldest first, each in the size it last had; empty for other elements. What is gone is
 * read as well: a history keeps it. */
export function picturesOf(history: History, element: Y.XmlElement): readonly PlacedPicture[] {
  if (element.nodeName !== nodeNames.figure) return []
  const digests = writtenValues(history, element, 'digest')
  return digests.flatMap(({ placed, value }, index): readonly PlacedPicture[] => {
    const until = digests[index + 1]?.placed.seq ?? Number.MAX_SAFE_INTEGER
    const last = (name: keyof FigureImage): unknown => writtenValues(history, element, name).findLast((each) => each.placed.seq <= placed.seq || each.placed.seq < until)?.value
    const image = imageFrom((name) => (name === 'digest' ? value : last(name)))
    return image === null ? [] : [{ image, placed }]
  })
}

/** The values an attribute has had, oldest first. */
function writtenValues(history: History, element: Y.XmlElement, name: string): readonly { readonly value: unknown; readonly placed: Origin }[] {
  const values: { value: unknown; placed: Origin }[] = []
  for (let item = element._map.get(name) ?? null; item !== null; item = item.left) {
    const placed = history.writtenBy(item.id.client, item.id.clock)
    if (placed !== null) values.unshift({ value: item.content.getContent().at(-1), placed })
  }
  return values
}

/** What a trace is told of a figure. */
export interface PictureFate {
  readonly pictures: readonly PlacedPicture[]
  /** The row that put the figure where it is, and the one that took it away. */
  readonly placed: Origin
  readonly removed: Origin | null
}

/** Pictures that one row takes out and puts in again, by row and digest: carried elsewhere in the text, neither new nor gone. */
export function carriedPictures(fates: readonly PictureFate[]): ReadonlySet<string> {
  const taken = new Set(fates.flatMap(({ pictures, removed }) => (removed === null ? [] : pictures.slice(-1).map(({ image }) => `${removed.seq} ${image.digest}`))))
  return new Set(fates.flatMap(({ pictures, placed }) => pictures.slice(0, 1).map(({ image }) => `${placed.seq} ${image.digest}`)).filter((key) => taken.has(key)))
}

/** The pictures of one figure since a row of the log. Changes of those who are not `wanted` read as accepted. */
export function tracePictures({ pictures, placed, removed }: PictureFate, { from, wanted, carried }: { readonly from: number; readonly wanted: (by: Origin) => boolean; readonly carried: ReadonlySet<string> }): readonly TracedPicture[] {
  const [was, now] = [pictures.findLast((each) => each.placed.seq <= from), pictures.at(-1)]
  if (now === undefined) return []
  const isCarried = (by: Origin, { image }: PlacedPicture): boolean => carried.has(`${by.seq} ${image.digest}`)
  const told = (op: TracedPicture['op'], picture: PlacedPicture, by: Origin): TracedPicture => ({ ...picture.image, op, by })
  if (removed !== null) {
    const isGone = was !== undefined && removed.seq > from && wanted(removed) && !isCarried(removed, now)
    return isGone ? [told('removed', was, removed)] : []
  }
  if (was === undefined) return [told(wanted(now.placed) && !isCarried(placed, now) ? 'added' : 'same', now, now.placed)]
  if (was.image.digest === now.image.digest || !wanted(now.placed)) return [told('same', now, now.placed)]
  return [told('removed', was, now.placed), told('added', now, now.placed)]
}
