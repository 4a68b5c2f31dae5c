/** Figures of the Word file. Source: ECMA-376 part 1, 20.4, 20.2 */
import { type Block, cleanText } from '@xiewen/shared/documents'
import { xmlText } from '../xml-text.ts'

/** A picture that becomes a part. */
export interface Picture {
  readonly relation: string
  readonly target: string
  readonly bytes: Uint8Array
}

/** English metric units in a millimetre. */
const emuPerMm = 36_000
const widestMm = 156

/** The size a figure has on our page (mm). */
export interface PictureSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** The drawing of a figure; its picture is added to `found`. Null when its bytes are missing. */
export function drawingXml(block: Extract<Block, { kind: 'figure' }>, given: { readonly bytesOf: ReadonlyMap<string, Uint8Array>; readonly found: Picture[]; readonly size: PictureSize | null }): string | null {
  const { bytesOf, found, size } = given
  const { digest, widthPx, heightPx, widthMm } = block.image
  const bytes = bytesOf.get(digest)
  if (!bytes) return null
  const number = found.length + 1
  const relation = `r-image-${number}`
  found.push({ relation, target: `media/image${number}.${bytes[0] === 0x89 ? 'png' : 'jpeg'}`, bytes })
  const width = Math.round((size?.widthMm ?? Math.min(widthMm, widestMm)) * emuPerMm)
  const height = size ? Math.round(size.heightMm * emuPerMm) : Math.round((width * heightPx) / widthPx)
  const words = xmlText(cleanText(block.runs))
  const shape = `<pic:pic><pic:nvPicPr><pic:cNvPr id="${number}" name="图${number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${width}" cy="${height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>`
  return `<w:drawing><wp:inline><wp:extent cx="${width}" cy="${height}"/><wp:docPr id="${number}" name="图${number}" descr="${words}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">${shape}</a:graphicData></a:graphic></wp:inline></w:drawing>`
}
