/** Pictures of a Word file: those that stand in the text become figures, every other one is named in the report.
 * Source: ECMA-376 part 1, 20.4 (DrawingML), 20.1.8; part 4, 19.1 (VML) */
import type { FigureImage, ImportTopic } from '@xiewen/shared/documents'
import { digestOf } from '../../../platform/blobs/blobs.ts'
import { importLimits } from '../limits.ts'
import { seePicture } from '../picture-size.ts'
import { Unreadable } from '../unreadable.ts'
import { childOf, childrenOf, descendantsOf, type XmlElement } from '../xml.ts'
import type { WordPackage } from './package.ts'
import { drop, guess, type PictureShelf, type WordScene } from './scene.ts'

/** The shelf of an opened file. */
export function shelfOf(opened: WordPackage): PictureShelf {
  const targets = new Map(opened.relations.filter((relation) => !relation.isExternal).map((relation) => [relation.id, relation.target]))
  return {
    taken: new Map(),
    bytesOf(relation) {
      const target = targets.get(relation)
      return target === undefined ? null : bytesOrNull(() => opened.bytes(target))
    },
  }
}

/** A damaged picture is no reason to refuse the text around it. */
function bytesOrNull(read: () => Uint8Array | null): Uint8Array | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable && error.code === 'documents.damaged-file') return null
    throw error
  }
}

const emuPerMm = 36_000
const mmPerPx = 25.4 / 96

/** The figure a drawing becomes, or null when it stays behind; the report then says which and why. */
export function figureOf(scene: WordScene, drawing: XmlElement): FigureImage | null {
  const relation = relationOf(drawing)
  // Lines and frames that only decorate a 版头 carry no picture.
  if (relation === null && descendantsOf(drawing, 'pic:pic').length === 0) return null
  const name = nameOf(drawing)
  // What floats before or behind the text is a seal, a water mark or a decoration: none of them belongs to the text.
  if (isFloating(drawing)) return left(scene, 'image-floating', name)
  const bytes = relation === null ? null : scene.pictures.bytesOf(relation)
  const seen = bytes === null ? ({ kind: 'broken' } as const) : seePicture(bytes)
  if (bytes === null || seen.kind === 'broken') return left(scene, 'image-broken', name)
  if (seen.kind === 'other') return left(scene, 'image-format', `${name}（${seen.name}）`)
  if (scene.pictures.taken.size >= importLimits.pictures) return left(scene, 'image', name)
  const digest = digestOf(bytes)
  scene.pictures.taken.set(digest, bytes)
  if (descendantsOf(drawing, 'a:srcRect').some((crop) => [...crop.attributes.values()].some((share) => Number(share) > 0))) guess(scene, 'image-cropped', name)
  scene.report.recognised.push({ topic: 'figure', line: scene.line, text: name })
  return { digest, widthPx: seen.widthPx, heightPx: seen.heightPx, widthMm: widthOf(drawing, seen.widthPx) }
}

function left(scene: WordScene, topic: ImportTopic, name: string): null {
  drop(scene, topic, name)
  return null
}

function relationOf(drawing: XmlElement): string | null {
  const modern = descendantsOf(drawing, 'a:blip')[0]?.attributes.get('r:embed')
  const old = descendantsOf(drawing, 'v:imagedata')[0]?.attributes.get('r:id')
  return modern ?? old ?? null
}

function nameOf(drawing: XmlElement): string {
  const properties = descendantsOf(drawing, 'wp:docPr')[0]?.attributes
  return properties?.get('descr') || properties?.get('name') || descendantsOf(drawing, 'v:imagedata')[0]?.attributes.get('o:title') || ''
}

function isFloating(drawing: XmlElement): boolean {
  const anchor = childOf(drawing, 'wp:anchor')
  if (anchor !== undefined) return anchor.attributes.get('behindDoc') === '1' || childrenOf(anchor).some((child) => child.name === 'wp:wrapNone')
  // Older files: placed by its own position, and no text gives way to it. Source: ECMA-376 part 4, 19.1, 19.4
  const isPlaced = descendantsOf(drawing, 'v:shape').some((shape) => /(?:^|;)\s*position:\s*absolute/.test(shape.attributes.get('style') ?? ''))
  return isPlaced && !descendantsOf(drawing, 'w10:wrap').some((wrap) => wrap.attributes.get('type') !== 'none')
}

/** The width it has in the file, whole tenths of a millimetre. */
function widthOf(drawing: XmlElement, widthPx: number): number {
  const extent = Number(descendantsOf(drawing, 'wp:extent')[0]?.attributes.get('cx') ?? Number.NaN)
  const styled = /(?:^|;)\s*width:\s*([\d.]{1,10})pt/.exec(descendantsOf(drawing, 'v:shape')[0]?.attributes.get('style') ?? '')?.[1]
  const mm = Number.isFinite(extent) && extent > 0 ? extent / emuPerMm : styled === undefined ? widthPx * mmPerPx : (Number(styled) * 25.4) / 72
  return Math.round(Math.min(1_000, Math.max(1, mm)) * 10) / 10
}
