/** The structure of a PDF: which marks on which page are the title, a heading, a paragraph, a cell of a table.
 * Source: ISO 32000-1 14.7–14.8 */
import type { BlockRole, GlyphRun, Layout } from '@xiewen/shared/documents'
import type { PdfFile, PdfRef } from './pdf-file.ts'

/** A stretch of a page's content with its number. */
interface Mark {
  readonly page: number
  readonly id: number
}

/** An element of the structure. */
interface Element {
  readonly type: string
  readonly children: Element[]
  readonly marks: Mark[]
  /** Bounding text for what has none: figures. */
  readonly alt?: string
}

/** Collects marks while pages are drawn, then writes the tree. */
export class TagTree {
  readonly #blocks: readonly BlockRole[]
  readonly #root: Element = { type: 'Document', children: [], marks: [] }
  readonly #byKey = new Map<string, Element>()
  readonly #perPage: Element[][] = []
  #derived: { readonly page: number; readonly baseline: number; readonly element: Element } | null = null

  readonly #levels: ProvisionLevels

  constructor(layout: Layout) {
    this.#blocks = layout.blocks
    this.#levels = levelsOf(layout.blocks)
  }

  /** The element a run belongs to; null for what is no part of the text. Derived text begins a paragraph of its own, and text
   * of a block that follows on its line takes it in: the number of a heading belongs to the heading. */
  elementOf(run: GlyphRun, page: number, next: GlyphRun | undefined): Element | null {
    if (run.artifact) return null
    const source = run.source ?? (next?.source && next.baseline === run.baseline ? next.source : null)
    // 第一条 heads what stands behind it: readers go from article to article by it.
    if (source && !run.source && this.#blocks[source.block]?.kind === 'article') return this.#keyed(`label ${source.block}`, this.#root, `H${this.#levels.article}`)
    if (source) return this.#blockElement(source)
    const open = this.#derived
    if (open && open.page === page && open.baseline === run.baseline) return open.element
    const element = this.#child(this.#root, 'P')
    this.#derived = { page, baseline: run.baseline, element }
    return element
  }

  /** The element of a figure, described by its caption. */
  figure(block: number, alt: string): Element {
    const key = `figure ${block}`
    const known = this.#byKey.get(key)
    if (known) return known
    const element: Element = { type: 'Figure', children: [], marks: [], alt }
    this.#root.children.push(element)
    this.#byKey.set(key, element)
    return element
  }

  /** A new mark on a page for the element; its number goes into the page's content. */
  mark(element: Element, page: number): number {
    const marks = (this.#perPage[page] ??= [])
    const id = marks.length
    marks.push(element)
    element.marks.push({ page, id })
    return id
  }

  /** Type of an element, as the content names it. */
  typeOf(element: Element): string {
    return element.type
  }

  #blockElement(source: { readonly block: number; readonly offset: number }): Element {
    const role = this.#blocks[source.block]
    if (role?.kind === 'table' && role.rows) return this.#cellElement(source, role.rows)
    // The caption belongs to its figure.
    const figure = role?.kind === 'figure' ? this.#byKey.get(`figure ${source.block}`) : undefined
    return this.#keyed(`block ${source.block}`, figure ?? this.#root, typeOfBlock(role, this.#levels))
  }

  #cellElement(source: { readonly block: number; readonly offset: number }, rows: NonNullable<BlockRole['rows']>): Element {
    const table = this.#keyed(`block ${source.block}`, this.#root, 'Table')
    const row = rows.findIndex((each) => (each.ends.at(-1) ?? -1) >= source.offset)
    const cells = rows[row]?.ends ?? []
    const cell = cells.findIndex((end) => end >= source.offset)
    const line = this.#keyed(`row ${source.block} ${row}`, table, 'TR')
    return this.#keyed(`cell ${source.block} ${row} ${cell}`, line, rows[row]?.header ? 'TH' : 'TD')
  }

  #keyed(key: string, parent: Element, type: string): Element {
    const known = this.#byKey.get(key)
    if (known) return known
    const element = this.#child(parent, type)
    this.#byKey.set(key, element)
    return element
  }

  #child(parent: Element, type: string): Element {
    const element: Element = { type, children: [], marks: [] }
    parent.children.push(element)
    return element
  }

  /** Writes the tree.
   *
   * @returns its root, for the catalog; a page finds its marks under its own index (StructParents)
   */
  write(file: PdfFile, pages: readonly PdfRef[]): PdfRef {
    const root = file.reserve()
    const refs = new Map<Element, PdfRef>()
    const reserve = (element: Element): void => {
      refs.set(element, file.reserve())
      element.children.forEach(reserve)
    }
    reserve(this.#root)
    const put = (element: Element, parent: PdfRef): void => {
      const own = refs.get(element)
      if (!own) return
      const marks = element.marks.map(({ page, id }) => `<< /Type /MCR /Pg ${pages[page]} /MCID ${id} >>`)
      const children = element.children.map((child) => `${refs.get(child)}`)
      const alt = element.alt === undefined ? '' : ` /Alt ${element.alt}`
      const scope = element.type === 'TH' ? ' /A << /O /Table /Scope /Column >>' : ''
      file.put(own, `<< /Type /StructElem /S /${element.type} /P ${parent}${alt}${scope} /K [${[...marks, ...children].join(' ')}] >>`)
      for (const child of element.children) put(child, own)
    }
    put(this.#root, root)
    const parents = pages.map((_page, index) => `${index} [${(this.#perPage[index] ?? []).map((element) => refs.get(element)).join(' ')}]`)
    const tree = file.add(`<< /Nums [${parents.join(' ')}] >>`)
    file.put(root, `<< /Type /StructTreeRoot /K ${refs.get(this.#root)} /ParentTree ${tree} /ParentTreeNextKey ${pages.length} >>`)
    return root
  }
}

/** Levels of the headings of a regulation: 条 under its 节 under its 章, without a step for what it has not. */
interface ProvisionLevels {
  readonly section: number
  readonly article: number
}

function levelsOf(blocks: readonly BlockRole[]): ProvisionLevels {
  const section = blocks.some(({ kind }) => kind === 'chapter') ? 3 : 2
  return { section, article: blocks.some(({ kind }) => kind === 'section') ? section + 1 : section }
}

function typeOfBlock(role: BlockRole | undefined, levels: ProvisionLevels): string {
  switch (role?.kind) {
    case 'title':
    case 'annex-title':
      return 'H1'
    case 'chapter':
      return 'H2'
    case 'section':
      return `H${levels.section}`
    case 'heading':
      return `H${(role.level ?? 1) + 1}`
    case 'figure':
      return 'Caption'
    default:
      return 'P'
  }
}
