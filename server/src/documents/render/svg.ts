/** The SVG of a page: outlines of the very faces that print, so that the preview is what the PDF shows. */
import type { GlyphRun, LaidOutPage, Layout, PageItem, PlacedImage } from '@xiewen/shared/documents'
import type { Fonts, Outline } from '../../platform/fonts/index.ts'
import type { Rgb } from './inks.ts'
import { inkOf, inks, revisersOf } from './inks.ts'
import type { Pictures } from './pictures.ts'
import { pictureKind } from './pictures.ts'
import { marksOf, rightOf } from './segments.ts'
import { escapeXml } from './xml.ts'

const mmPerPt = 25.4 / 72

/** Renders one page in millimetres. Each run is a group with `data-block` and `data-offset` of its first sign, and the text
 * itself for screen readers. Seal anchors are not drawn.
 *
 * @param pageIndex counts from 0
 * @param pictures bytes of the figures by digest; one that is absent is drawn as a crossed box
 * @throws RangeError when there is no such page
 */
export function renderSvg(layout: Layout, pageIndex: number, fonts: Fonts, pictures: Pictures = new Map()): string {
  const page = layout.pages[pageIndex]
  if (!page) throw new RangeError(`no page ${pageIndex}`)
  const scene: Scene = { fonts, outlines: outlinesOf(page.items, fonts), revisers: revisersOf(layout), symbols: new Map(), pictures, page }
  const body = page.items.map((item) => drawItem(item, scene)).join('\n')
  const symbols = [...scene.symbols].map(([path, id]) => `<path id="${id}" d="${path}"/>`).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${page.widthMm}mm" height="${page.heightMm}mm" viewBox="0 0 ${page.widthMm} ${page.heightMm}" lang="zh-CN">
<rect width="${page.widthMm}" height="${page.heightMm}" fill="#fff"/>
<defs>
${symbols}
</defs>
${body}
</svg>`
}

/** Draws the outlines of all pages at once: page by page every page would cut the faces anew. */
export function warmOutlines(layout: Layout, fonts: Fonts): void {
  outlinesOf(layout.pages.flatMap((page) => page.items), fonts)
}

interface Scene {
  readonly fonts: Fonts
  readonly outlines: ReadonlyMap<string, ReadonlyMap<string, Outline>>
  /** Inks by person. */
  readonly revisers: ReadonlyMap<string, Rgb>
  /** Outline → id of its symbol. */
  readonly symbols: Map<string, string>
  readonly pictures: Pictures
  readonly page: LaidOutPage
}

/** Outlines of all signs on the page, by role. */
function outlinesOf(items: readonly PageItem[], fonts: Fonts): Scene['outlines'] {
  const chars = new Map<GlyphRun['role'], Set<string>>()
  for (const item of items) {
    if (item.kind !== 'text') continue
    const known = chars.get(item.role) ?? new Set<string>()
    for (const char of item.text) known.add(char)
    chars.set(item.role, known)
  }
  return new Map([...chars].map(([role, each]) => [role, fonts.glyphPaths(role, each)]))
}

function drawItem(item: PageItem, scene: Scene): string {
  switch (item.kind) {
    case 'text':
      return drawText(item, scene)
    case 'rule':
      return `<line x1="${item.x1}" y1="${item.y1}" x2="${item.x2}" y2="${item.y2}" stroke="${css(inks[item.ink])}" stroke-width="${item.widthMm}"/>`
    case 'image':
      return drawImage(item, scene.pictures)
    case 'seal-anchor':
      return ''
  }
}

function drawText(run: GlyphRun, scene: Scene): string {
  const ink = inkOf(run, scene.revisers)
  const outlines = scene.outlines.get(run.role)
  const uses = [...run.text].map((char, index) => {
    const x = run.x[index] ?? 0
    const outline = outlines?.get(char)
    if (!outline) return missingBox(x, run)
    if (outline.path === '') return ''
    const scale = (run.sizePt * mmPerPt) / outline.unitsPerEm
    const id = symbolOf(scene, outline.path)
    return `<use href="#${id}" transform="matrix(${matrixOf(run, scale, { x, page: scene.page })})"/>`
  })
  const source = run.source ? ` data-block="${run.source.block}" data-offset="${run.source.offset}"` : ''
  const bold = run.bold ? ` stroke="${css(ink)}" stroke-width="30"` : ''
  return `<g fill="${css(ink)}"${bold}${source} role="img" aria-label="${escapeXml(run.text)}">${uses.join('')}${changeMark(run, ink, scene)}</g>`
}

/** From font units to the sheet; a turned run goes up the sheet. */
function matrixOf(run: GlyphRun, scale: number, at: { readonly x: number; readonly page: LaidOutPage }): string {
  const across = scale * run.scale
  const parts = run.turned ? [0, -across, -scale, 0, run.baseline, at.page.heightMm - at.x] : [across, 0, 0, -scale, at.x, run.baseline]
  return parts.map(num).join(' ')
}

function drawImage(image: PlacedImage, pictures: Pictures): string {
  const bytes = pictures.get(image.digest)
  const kind = bytes ? pictureKind(bytes) : null
  const box = `x="${image.x}" y="${image.y}" width="${image.widthMm}" height="${image.heightMm}"`
  if (!bytes || !kind) return `<rect ${box} fill="none" stroke="${css(inks.red)}" stroke-width="0.2"/>`
  return `<image ${box} preserveAspectRatio="none" href="data:image/${kind === 'jpg' ? 'jpeg' : kind};base64,${Buffer.from(bytes).toString('base64')}"/>`
}

function symbolOf(scene: Scene, path: string): string {
  const known = scene.symbols.get(path)
  if (known !== undefined) return known
  const id = `g${scene.symbols.size}`
  scene.symbols.set(path, id)
  return id
}

function changeMark(run: GlyphRun, ink: Rgb, scene: Scene): string {
  return marksOf(run, rightOf(run, scene.fonts), scene.page)
    .map((mark) => `<line x1="${num(mark.x1)}" y1="${num(mark.y1)}" x2="${num(mark.x2)}" y2="${num(mark.y2)}" stroke="${css(ink)}" stroke-width="${mark.widthMm}"/>`)
    .join('')
}

function missingBox(x: number, run: GlyphRun): string {
  const side = run.sizePt * mmPerPt * 0.84
  const [left, top] = [x + side * 0.1, run.baseline - side * 0.9]
  return `<path d="M${num(left)} ${num(top)}h${num(side)}v${num(side)}h${num(-side)}zl${num(side)} ${num(side)}m0 ${num(-side)}l${num(-side)} ${num(side)}" fill="none" stroke="${css(inks.red)}" stroke-width="0.2"/>`
}

function css(rgb: Rgb): string {
  return `rgb(${rgb.map((part) => Math.round(part * 255)).join(',')})`
}

function num(value: number): string {
  return String(Math.round(value * 1e6) / 1e6)
}
