/** Reads a document out of a Y.Doc. Clients write there, so nothing in it is trusted: unknown nodes become paragraphs,
 * fields of a wrong type fall back to those of an empty document, depth and size are bounded. */
import * as Y from 'yjs'
import type { Block, BlockShape, DocumentKind, Elements, FigureImage, OfficialDocument, TableCell, TableRow, TextRun } from '../model.ts'
import { blockKinds, documentKinds, elementsSchema, emptyElements, versionOfContent } from '../model.ts'
import { bodyOf, changeMarks, elementsOf, footnoteMark, nodeNames, parseProposal, personOfChange, proposalAttribute } from '../ydoc.ts'
import { mergeRuns } from './runs.ts'

/** How deep nodes are followed; the editor's schema needs five. */
const maxDepth = 20

/** The document as it stands in the shared text. Pending revisions are runs with `change`. Never throws. */
export function readDocument(doc: Y.Doc): OfficialDocument {
  const blocks = readBlocks(bodyOf(doc))
  return { version: versionOfContent(blocks), elements: readElements(elementsOf(doc)), blocks }
}

/** The elements (版头、版记) as they stand; a field that fails its schema is as in an empty document. */
export function readElements(map: Y.Map<unknown>): Elements {
  const kind: DocumentKind = documentKinds.find((each) => each === map.get('kind')) ?? '通知'
  const fallback = emptyElements(kind)
  const whole = elementsSchema.safeParse({ ...fallback, ...map.toJSON() })
  if (whole.success) return whole.data
  const valid = Object.entries(elementsSchema.shape).flatMap(([name, schema]) => {
    const field = schema.safeParse(map.get(name))
    return field.success ? [[name, field.data] as const] : []
  })
  return elementsSchema.parse({ ...fallback, ...Object.fromEntries(valid) })
}

function readBlocks(body: Y.XmlFragment): readonly Block[] {
  return body.toArray().flatMap((child) => blocksOf(child))
}

const kindOfNode: ReadonlyMap<string, Block['kind']> = new Map(blockKinds.map((kind) => [nodeNames[kind], kind]))

/** The blocks of one child of the body: one, or none where there is nothing to read. */
export function blocksOf(child: Y.XmlElement | Y.XmlText | Y.XmlHook): readonly Block[] {
  if (child instanceof Y.XmlText) {
    const runs = mergeRuns(runsOfText(child))
    return runs.length > 0 ? [{ kind: 'paragraph', runs }] : []
  }
  if (!(child instanceof Y.XmlElement)) return []
  const kind = kindOfNode.get(child.nodeName) ?? 'paragraph'
  switch (kind) {
    case 'table':
      return [{ kind, ...(isSet(child, 'landscape') ? { landscape: true as const } : {}), rows: elementChildren(child).map(rowOf) }]
    case 'figure':
      return [figureOf(child)]
    case 'heading':
      return [asProposed(child, headingOf(child))]
    case 'item':
      return [asProposed(child, { kind, ...(isSet(child, 'continues') ? { continues: true as const } : {}), runs: runsIn(child, 0) })]
    default:
      return [asProposed(child, { kind, runs: runsIn(child, 0) })]
  }
}

/** A block that is proposed to be something else reads as if that were accepted. */
function asProposed(element: Y.XmlElement, block: Exclude<BlockShape, { kind: 'table' | 'figure' }>): Block {
  const proposal = parseProposal(attributeOf(element, proposalAttribute))
  if (proposal === null) return block
  const { id, kind, level } = proposal
  const before = { kind: block.kind, level: block.kind === 'heading' ? block.level : 0 }
  const reshaped = { id, personId: personOfChange(id), before }
  if (kind !== 'heading') return { kind, runs: block.runs, reshaped }
  return { kind, level: level === 0 ? 1 : level, runs: block.runs, reshaped }
}

function headingOf(element: Y.XmlElement): Extract<BlockShape, { kind: 'heading' }> {
  const level = Number(attributeOf(element, 'level'))
  const runs = runsIn(element, 0)
  const safeLevel = level === 2 || level === 3 || level === 4 ? level : 1
  return isSet(element, 'continues')
    ? { kind: 'heading', level: safeLevel, continues: true, runs }
    : { kind: 'heading', level: safeLevel, runs }
}

function isSet(element: Y.XmlElement, name: string): boolean {
  return String(attributeOf(element, name)) === 'true'
}

/** A figure whose picture is not what it should be keeps its caption as a paragraph. */
function figureOf(element: Y.XmlElement): Block {
  const runs = runsIn(element, 0)
  const image = imageFrom((name) => attributeOf(element, name))
  return image === null ? { kind: 'paragraph', runs } : { kind: 'figure', image, runs }
}

/** The picture that the attributes of a figure's element name, or null where they name none. */
export function imageFrom(read: (name: keyof FigureImage) => unknown): FigureImage | null {
  const digest = read('digest')
  const size = (name: 'widthPx' | 'heightPx' | 'widthMm', most: number): number => Math.min(most, Math.max(0, Number(read(name)) || 0))
  const [widthPx, heightPx, widthMm] = [size('widthPx', 20_000), size('heightPx', 20_000), size('widthMm', 400)]
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest) || widthPx < 1 || heightPx < 1) return null
  return { digest, widthPx, heightPx, widthMm: widthMm < 1 ? 156 : widthMm }
}

function rowOf(row: Y.XmlElement): TableRow {
  const cells = elementChildren(row)
  return {
    header: cells.length > 0 && cells.every((cell) => cell.nodeName === 'tableHeader'),
    cells: cells.map(cellOf),
  }
}

function cellOf(cell: Y.XmlElement): TableCell {
  const rows = spanOf(cell, 'rowspan', 200)
  return { columns: spanOf(cell, 'colspan', 60), ...(rows > 1 ? { rows } : {}), runs: runsIn(cell, 0) }
}

function spanOf(cell: Y.XmlElement, name: string, most: number): number {
  const span = Number(attributeOf(cell, name))
  return Number.isInteger(span) && span >= 1 && span <= most ? span : 1
}

function attributeOf(element: Y.XmlElement, name: string): unknown {
  return element.getAttribute(name)
}

function elementChildren(element: Y.XmlElement): Y.XmlElement[] {
  return element.toArray().filter((child) => child instanceof Y.XmlElement)
}

/** All text below a node in order; paragraphs inside a cell are set apart by a line feed. */
function runsIn(element: Y.XmlElement, depth: number): readonly TextRun[] {
  if (depth > maxDepth) return []
  const runs: TextRun[] = []
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) runs.push(...runsOfText(child))
    else if (child instanceof Y.XmlElement) {
      const inner = runsIn(child, depth + 1)
      if (runs.length > 0 && inner.length > 0) runs.push({ text: '\n' })
      runs.push(...inner)
    }
  }
  return mergeRuns(runs)
}

function runsOfText(text: Y.XmlText): readonly TextRun[] {
  // Safe because a delta is read as unknown values below.
  const delta = text.toDelta() as readonly {
    readonly insert?: unknown
    readonly attributes?: Record<string, unknown>
  }[]
  return delta.flatMap(({ insert, attributes }) =>
    typeof insert === 'string' && insert !== '' ? [runOf(insert, attributes ?? {})] : [],
  )
}

/** The binding appends `--<hash>` to the names of marks that may overlap themselves. */
function markName(attribute: string): string {
  return attribute.replace(/--[a-zA-Z0-9+/=]{8}$/, '')
}

function runOf(text: string, attributes: Record<string, unknown>): TextRun {
  const marks = new Map(
    Object.entries(attributes)
      .filter(([, value]) => value !== null && value !== false)
      .map(([name, value]) => [markName(name), value]),
  )
  const change = changeOf(marks)
  const footnote = footnoteOf(marks.get(footnoteMark))
  return { text, ...(marks.has('bold') ? { bold: true } : {}), ...(footnote === null ? {} : { footnote }), ...(change ? { change } : {}), ...reformattingOf(marks.get(changeMarks.format)) }
}

function reformattingOf(value: unknown): Pick<TextRun, 'reformatted'> {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return {}
  const id = value.id.slice(0, 200)
  return { reformatted: { id, personId: personOfChange(id), bold: 'bold' in value && value.bold === true } }
}

function footnoteOf(value: unknown): string | null {
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : null
  return typeof text === 'string' && text !== '' ? text.slice(0, 2000) : null
}

/** Text inserted by one and deleted by another counts as deleted: clean text must not show it. */
function changeOf(marks: ReadonlyMap<string, unknown>): TextRun['change'] {
  const kind = marks.has(changeMarks.deletion) ? 'deletion' : marks.has(changeMarks.insertion) ? 'insertion' : null
  if (kind === null) return undefined
  const value = marks.get(changeMarks[kind])
  const given = typeof value === 'object' && value !== null && 'id' in value ? value.id : ''
  const id = typeof given === 'string' ? given.slice(0, 200) : typeof given === 'number' ? String(given) : ''
  return { kind, id, personId: id.includes(':') ? id.slice(0, id.lastIndexOf(':')) : '' }
}
