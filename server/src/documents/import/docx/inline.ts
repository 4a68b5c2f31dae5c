/** Reads what stands inside a paragraph: runs with their format, revisions, fields, notes, text boxes.
 * Source: ECMA-376 part 1, 17.3.2–17.3.3, 17.13.5, 17.16 */
import type { FigureImage, TextRun } from '@xiewen/shared/documents'
import { importLimits } from '../limits.ts'
import { childOf, childrenOf, descendantsOf, type XmlElement } from '../xml.ts'
import { figureOf } from './pictures.ts'
import { drop, guess, importedPerson, type WordScene } from './scene.ts'
import { lookOf, type Look } from './styles.ts'

/** A paragraph's inside. */
export interface Inline {
  readonly runs: readonly TextRun[]
  /** Contents of text boxes anchored here, to be read as blocks. */
  readonly boxes: readonly XmlElement[]
  /** Pictures that stand here, in order. */
  readonly figures: readonly FigureImage[]
  /** Largest size of its letters, points; 0 when none is said. */
  readonly sizePt: number
  readonly isRed: boolean
}

type Change = NonNullable<TextRun['change']>

interface Writer {
  readonly scene: WordScene
  readonly base: Look
  readonly runs: TextRun[]
  readonly boxes: XmlElement[]
  readonly figures: FigureImage[]
  /** Fields that are open: `code` until the result begins. */
  readonly fields: ('code' | 'result')[]
  sizePt: number
  redLetters: number
  letters: number
  depth: number
}

/** Reads the inside of a paragraph whose style says `base`. */
export function readInline(scene: WordScene, paragraph: XmlElement, base: Look): Inline {
  const writer: Writer = { scene, base, runs: [], boxes: [], figures: [], fields: [], sizePt: 0, redLetters: 0, letters: 0, depth: 0 }
  readChildren(writer, paragraph, null)
  return { runs: writer.runs, boxes: writer.boxes, figures: writer.figures, sizePt: writer.sizePt, isRed: writer.redLetters * 2 > writer.letters }
}

function readChildren(writer: Writer, element: XmlElement, change: Change | null): void {
  if (writer.depth >= importLimits.nesting) return
  writer.depth += 1
  for (const child of childrenOf(element)) readInlineElement(writer, child, change)
  writer.depth -= 1
}

function readInlineElement(writer: Writer, element: XmlElement, change: Change | null): void {
  switch (element.name) {
    case 'w:r':
      return readRun(writer, element, change)
    case 'w:ins':
    case 'w:moveTo':
      return readChildren(writer, element, changeOf(writer, element, 'insertion'))
    case 'w:del':
    case 'w:moveFrom':
      return readChildren(writer, element, changeOf(writer, element, 'deletion'))
    case 'w:hyperlink':
    case 'w:smartTag':
    case 'w:sdt':
    case 'w:sdtContent':
    case 'w:fldSimple':
    case 'w:customXml':
    case 'w:dir':
    case 'w:bdo':
    case 'w:ruby':
    case 'w:rubyBase':
      return readChildren(writer, element, change)
    case 'w:commentRangeStart':
      return writer.scene.comments.opens(element.attributes.get('w:id') ?? '')
    case 'w:commentRangeEnd':
      return writer.scene.comments.closes(element.attributes.get('w:id') ?? '')
    case 'm:oMath':
    case 'm:oMathPara':
      return readFormula(writer, element, change)
    case 'w:rt':
      return void drop(writer.scene, 'hidden-text', textBelow(element))
    default:
  }
}

function changeOf(writer: Writer, element: XmlElement, kind: Change['kind']): Change {
  return { kind, id: writer.scene.revisions.idOf(element, kind), personId: importedPerson }
}

function readFormula(writer: Writer, element: XmlElement, change: Change | null): void {
  const text = descendantsOf(element, 'm:t').map(textBelow).join('')
  guess(writer.scene, 'formula', text)
  push(writer, text, { look: {}, change })
}

function readRun(writer: Writer, run: XmlElement, change: Change | null): void {
  const properties = childOf(run, 'w:rPr')
  const style = childOf(properties, 'w:rStyle')?.attributes.get('w:val')
  const look: Look = { ...writer.base, ...(style === undefined ? {} : writer.scene.styles.resolve(style, 'character')), ...lookOf(undefined, properties) }
  const before = writer.runs.length
  const reformatted = reformatOf(writer, properties, look)
  for (const child of childrenOf(run)) readRunPart(writer, child, { look, change, ...(reformatted ? { reformatted } : {}) })
  noteLook(writer, look, writer.runs.slice(before).map((each) => each.text).join(''))
}

/** A pending change of format counts where it changes what the model knows: bold. */
function reformatOf(writer: Writer, properties: XmlElement | undefined, look: Look): TextRun['reformatted'] {
  const mark = childOf(properties, 'w:rPrChange')
  if (!mark) return undefined
  const before = lookOf(undefined, childOf(mark, 'w:rPr')).bold ?? writer.base.bold === true
  if (before === (look.bold === true)) return undefined
  return { id: writer.scene.revisions.idOf(mark, 'format'), personId: importedPerson, bold: before }
}

function noteLook(writer: Writer, look: Look, text: string): void {
  const letters = text.trim().length
  if (letters === 0) return
  writer.letters += letters
  writer.sizePt = Math.max(writer.sizePt, look.sizePt ?? 0)
  if (isRed(look.colour ?? '')) writer.redLetters += letters
}

function isRed(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return red > 160 && green < 100 && blue < 100
}

interface RunContext {
  readonly look: Look
  readonly change: Change | null
  readonly reformatted?: NonNullable<TextRun['reformatted']>
}

function readRunPart(writer: Writer, part: XmlElement, context: RunContext): void {
  const { look, change } = context
  const { scene, fields } = writer
  if (part.name === 'w:fldChar') return readFieldMark(fields, part.attributes.get('w:fldCharType'))
  if (fields.includes('code')) return
  const text = textOfPart(scene, part)
  if (text !== null) {
    if (look.hidden) drop(scene, 'hidden-text', text)
    else push(writer, text, context)
    return
  }
  readObject(writer, part, change)
}

function readFieldMark(fields: ('code' | 'result')[], type: string | undefined): void {
  if (type === 'begin') fields.push('code')
  else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = 'result'
  else if (type === 'end') fields.pop()
}

/** The text a part of a run prints, or null when it is an object. */
function textOfPart(scene: WordScene, part: XmlElement): string | null {
  switch (part.name) {
    case 'w:t':
    case 'w:delText':
      return textBelow(part)
    case 'w:tab':
    case 'w:ptab':
      return '\t'
    case 'w:cr':
      return '\n'
    case 'w:br':
      return part.attributes.get('w:type') === 'page' || part.attributes.get('w:type') === 'column' ? '' : '\n'
    case 'w:noBreakHyphen':
      return '-'
    case 'w:sym':
      return symbolOf(scene, part)
    default:
      return null
  }
}

/** Letters of symbol fonts have codes of no meaning elsewhere. */
function symbolOf(scene: WordScene, part: XmlElement): string {
  const code = Number.parseInt(part.attributes.get('w:char') ?? '', 16)
  if (Number.isNaN(code) || (code >= 0xe000 && code <= 0xf8ff)) {
    drop(scene, 'symbol', `${part.attributes.get('w:font') ?? ''} ${part.attributes.get('w:char') ?? ''}`)
    return ''
  }
  return String.fromCodePoint(code)
}

/** A note belongs to the words before its mark; one without words, or a second one, stands in the text in brackets. */
function addNote(writer: Writer, key: string, change: Change | null): void {
  const text = (writer.scene.notes.get(key) ?? '').slice(0, 4_000)
  if (text === '') return
  const last = writer.runs.at(-1)
  if (last && last.footnote === undefined && last.text.trim() !== '') writer.runs[writer.runs.length - 1] = { ...last, footnote: text }
  else {
    guess(writer.scene, 'footnote', text)
    push(writer, `（注：${text}）`, { look: {}, change })
  }
}

function readObject(writer: Writer, part: XmlElement, change: Change | null): void {
  const { scene } = writer
  switch (part.name) {
    case 'mc:AlternateContent': {
      const chosen = childOf(part, 'mc:Choice') ?? childOf(part, 'mc:Fallback')
      for (const child of childrenOf(chosen)) readObject(writer, child, change)
      return
    }
    case 'w:footnoteReference':
    case 'w:endnoteReference':
      return addNote(writer, `${part.name.slice(2, -'Reference'.length)} ${part.attributes.get('w:id') ?? ''}`, change)
    case 'w:commentReference':
      return scene.comments.marks(part.attributes.get('w:id') ?? '')
    case 'w:drawing':
    case 'w:pict': {
      const boxes = descendantsOf(part, 'w:txbxContent')
      writer.boxes.push(...boxes)
      const figure = boxes.length > 0 ? null : figureOf(scene, part)
      if (figure !== null && change?.kind !== 'deletion') writer.figures.push(figure)
      return
    }
    case 'w:object':
      return void drop(scene, 'embedded-object', descendantsOf(part, 'o:OLEObject')[0]?.attributes.get('ProgID') ?? '')
    case 'w:ruby':
      return readChildren(writer, part, change)
    default:
  }
}

function push(writer: Writer, text: string, { look, change, reformatted }: RunContext): void {
  if (text === '') return
  writer.scene.comments.reads(text)
  writer.runs.push({ text, ...(look.bold === true ? { bold: true } : {}), ...(change ? { change } : {}), ...(reformatted ? { reformatted } : {}) })
}

/** The text directly inside an element. */
export function textBelow(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textBelow(child))).join('')
}
