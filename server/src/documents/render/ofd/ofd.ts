/** The OFD (版式文档) of a layout: text that can be selected and searched, the very faces embedded. Draws what the layout says and
 * decides nothing; equal layouts give equal bytes. Seals are added by the seals room. Source: GB/T 33190-2016 */
import { createHash } from 'node:crypto'
import type { GlyphRun, LaidOutPage, Layout } from '@xiewen/shared/documents'
import { cutFace, type FontFace, type Fonts } from '../../../platform/fonts/index.ts'
import { inkOf, inks, revisersOf, type Rgb } from '../inks.ts'
import { escapeXml } from '../xml.ts'
import type { Pictures } from '../pictures.ts'
import { pictureKind } from '../pictures.ts'
import { marksOf, rightOf, segmentsOf } from '../segments.ts'
import { imageObject, lineObject, missingObject, ruleObject, textObject, UnitIds } from './ofd-objects.ts'
import { packZip, type ZipEntry } from '../../../platform/zip/pack-zip.ts'

/** What the file says about itself. */
export interface OfdInfo {
  readonly title: string
  /** Issuing organ. */
  readonly author?: string
  /** UTC milliseconds; only the day is written. */
  readonly creationDate: number
  /** Elements of the document by their Chinese names (文种, 发文字号 …). */
  readonly elements?: Readonly<Record<string, string>>
}

const ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const producer = 'Xiewen'

/** Renders a layout.
 *
 * @param fonts the faces whose metrics laid it out
 * @param pictures bytes of the figures by digest; one that is absent is left out
 * @returns an OFD package
 * @throws Error when the faces are not those of the layout: the page would not be what was approved
 */
export function renderOfd(layout: Layout, fonts: Fonts, info: OfdInfo, pictures: Pictures = new Map()): Uint8Array {
  if (layout.fingerprint !== fonts.metrics.fingerprint) throw new Error('the layout was made with other fonts')
  const ids = new UnitIds()
  const faces = facesOf(layout, fonts, ids)
  const images = imagesOf(layout, pictures, ids)
  const scene: Scene = { fonts, ids, faces, images, revisers: revisersOf(layout) }
  const pages = layout.pages.map((page, index) => ({ id: ids.next(), name: `Pages/Page_${index}/Content.xml`, xml: pageXml(page, scene) }))
  const texts: readonly (readonly [string, string])[] = [
    ['OFD.xml', entryXml(pages.map((page) => page.xml), info)],
    ['Doc_0/Document.xml', documentXml(layout, { pages, lastId: ids.last, hasImages: images.size > 0 })],
    ['Doc_0/PublicRes.xml', fontsXml(faces)],
    ...(images.size > 0 ? [['Doc_0/DocumentRes.xml', imagesXml(images)] as const] : []),
    ...pages.map((page) => [`Doc_0/${page.name}`, page.xml] as const),
  ]
  const encoder = new TextEncoder()
  const entries: ZipEntry[] = texts.map(([name, xml]) => ({ name, bytes: encoder.encode(head + xml) }))
  for (const { file, bytes } of [...faces.values(), ...images.values()]) entries.push({ name: `Doc_0/Res/${file}`, bytes })
  return packZip(entries, { packing: 'deflated' })
}

interface Resource {
  readonly id: number
  /** Name below `Doc_0/Res`. */
  readonly file: string
  readonly bytes: Uint8Array
}

interface EmbeddedFace extends Resource {
  readonly family: string
}

interface Scene {
  readonly fonts: Fonts
  readonly ids: UnitIds
  readonly faces: ReadonlyMap<string, EmbeddedFace>
  readonly images: ReadonlyMap<string, Resource & { readonly format: string }>
  /** Inks by person. */
  readonly revisers: ReadonlyMap<string, Rgb>
}

function textsOf(page: LaidOutPage): readonly GlyphRun[] {
  return page.items.flatMap((item) => (item.kind === 'text' ? [item] : []))
}

/** Each face once, cut to all signs it draws, in order of first appearance. */
function facesOf(layout: Layout, fonts: Fonts, ids: UnitIds): Scene['faces'] {
  const signs = new Map<string, { readonly face: FontFace; readonly codePoints: Set<number> }>()
  for (const run of layout.pages.flatMap(textsOf)) {
    for (const { face, codePoints } of segmentsOf(run, fonts)) {
      if (!face) continue
      const entry = signs.get(face.id) ?? { face, codePoints: new Set<number>() }
      for (const codePoint of codePoints) entry.codePoints.add(codePoint)
      signs.set(face.id, entry)
    }
  }
  return new Map([...signs].map(([id, { face, codePoints }]) => {
    const number = ids.next()
    const file = `font_${number}.${face.sfnt.isCff ? 'otf' : 'ttf'}`
    return [id, { id: number, file, family: face.sfnt.family || 'Face', bytes: cutFace(face, [...codePoints].sort((a, b) => a - b)) }]
  }))
}

function imagesOf(layout: Layout, pictures: Pictures, ids: UnitIds): Scene['images'] {
  const images = new Map<string, Resource & { readonly format: string }>()
  for (const item of layout.pages.flatMap((page) => page.items)) {
    if (item.kind !== 'image' || images.has(item.digest)) continue
    const bytes = pictures.get(item.digest)
    const kind = bytes ? pictureKind(bytes) : null
    if (!bytes || !kind) continue
    const id = ids.next()
    images.set(item.digest, { id, file: `image_${id}.${kind}`, bytes, format: kind === 'png' ? 'PNG' : 'JPEG' })
  }
  return images
}

function pageXml(page: LaidOutPage, scene: Scene): string {
  const objects = page.items.flatMap((item): readonly string[] => {
    switch (item.kind) {
      case 'text':
        return textObjects(item, page, scene)
      case 'rule':
        return [ruleObject(item, scene.ids.next(), inks[item.ink])]
      case 'image': {
        const resource = scene.images.get(item.digest)
        return resource ? [imageObject(item, { id: scene.ids.next(), resourceId: resource.id })] : []
      }
      case 'seal-anchor':
        return []
    }
  })
  const layer = `<ofd:Layer ID="${scene.ids.next()}" Type="Body">${objects.join('')}</ofd:Layer>`
  return `<ofd:Page ${ns}><ofd:Area><ofd:PhysicalBox>0 0 ${page.widthMm} ${page.heightMm}</ofd:PhysicalBox></ofd:Area><ofd:Content>${layer}</ofd:Content></ofd:Page>`
}

function textObjects(run: GlyphRun, page: LaidOutPage, scene: Scene): readonly string[] {
  const ink = inkOf(run, scene.revisers)
  const segments = segmentsOf(run, scene.fonts)
  const right = rightOf(run, scene.fonts)
  const drawn = segments.flatMap((segment, index): readonly string[] => {
    const face = segment.face ? scene.faces.get(segment.face.id) : undefined
    if (!face) return segment.x.map((x) => missingObject({ x, y: run.baseline }, run.sizePt, { id: scene.ids.next(), ink: inks.red }))
    const end = segments[index + 1]?.x[0] ?? right
    return [textObject(run, segment, page, { id: scene.ids.next(), look: { fontId: face.id, ink }, right: end })]
  })
  return [...drawn, ...marksOf(run, right, page).map((mark) => lineObject(mark, scene.ids.next(), ink))]
}

/** OFD.xml, the door of the package. The identifier depends on nothing but what is rendered. */
function entryXml(pages: readonly string[], info: OfdInfo): string {
  const id = createHash('sha256').update(JSON.stringify([pages, info])).digest('hex').slice(0, 32)
  const date = new Date(info.creationDate).toISOString().slice(0, 10)
  const elements = Object.entries(info.elements ?? {}).map(([name, value]) => `<ofd:CustomData Name="${escapeXml(name)}">${escapeXml(value)}</ofd:CustomData>`)
  const custom = elements.length === 0 ? '' : `<ofd:CustomDatas>${elements.join('')}</ofd:CustomDatas>`
  const author = info.author === undefined ? '' : `<ofd:Author>${escapeXml(info.author)}</ofd:Author>`
  return `<ofd:OFD ${ns} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>${id}</ofd:DocID><ofd:Title>${escapeXml(info.title)}</ofd:Title>${author}<ofd:CreationDate>${date}</ofd:CreationDate><ofd:ModDate>${date}</ofd:ModDate><ofd:DocUsage>Normal</ofd:DocUsage><ofd:Creator>${producer}</ofd:Creator>${custom}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`
}

function documentXml(layout: Layout, given: { readonly pages: readonly { readonly id: number; readonly name: string }[]; readonly lastId: number; readonly hasImages: boolean }): string {
  const first = layout.pages[0]
  const box = `0 0 ${first?.widthMm ?? 210} ${first?.heightMm ?? 297}`
  const pages = given.pages.map((page) => `<ofd:Page ID="${page.id}" BaseLoc="${page.name}"/>`).join('')
  const images = given.hasImages ? '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>' : ''
  return `<ofd:Document ${ns}><ofd:CommonData><ofd:MaxUnitID>${given.lastId}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>${box}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>${images}</ofd:CommonData><ofd:Pages>${pages}</ofd:Pages></ofd:Document>`
}

function fontsXml(faces: Scene['faces']): string {
  const fonts = [...faces.values()].map(({ id, family, file }) => `<ofd:Font ID="${id}" FontName="${escapeXml(family)}" FamilyName="${escapeXml(family)}" Charset="unicode"><ofd:FontFile>${file}</ofd:FontFile></ofd:Font>`)
  return `<ofd:Res ${ns} BaseLoc="Res"><ofd:Fonts>${fonts.join('')}</ofd:Fonts></ofd:Res>`
}

function imagesXml(images: Scene['images']): string {
  const all = [...images.values()].map(({ id, file, format }) => `<ofd:MultiMedia ID="${id}" Type="Image" Format="${format}"><ofd:MediaFile>${file}</ofd:MediaFile></ofd:MultiMedia>`)
  return `<ofd:Res ${ns} BaseLoc="Res"><ofd:MultiMedias>${all.join('')}</ofd:MultiMedias></ofd:Res>`
}
