/** `typeset`: an official document from a file to PDF, OFD, SVG or the bare layout, without a server. */
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import {
  cleanText, type Elements, type DocumentFormat, documentKinds, elementsSchema, emptyElements, type Layout, layoutDocument, type OfficialDocument, type SignReport,
} from '@xiewen/shared/documents'
import { renderOfd, renderPdf, renderSvg, warmOutlines } from '../../documents/render/index.ts'
import { describeMissing, reportSigns } from '../../documents/signs-in-use.ts'
import { type Fonts, loadFonts } from '../../platform/fonts/index.ts'
import { type CliArguments, type RunCommand, exitCodes, InputError, type Terminal, UsageError } from './command.ts'
import { fontsDirectory } from './fonts-directory.ts'
import { readInput, readJson, worded } from './input.ts'

const formats: Readonly<Record<string, DocumentFormat>> = {
  通用: 'general', general: 'general', 信函: 'letter', letter: 'letter', 令: 'order', 命令: 'order', order: 'order', 纪要: 'minutes', minutes: 'minutes',
}

interface Outputs {
  readonly pdf: string | undefined
  readonly ofd: string | undefined
  readonly svg: string | undefined
  readonly layout: string | undefined
}

/** Inputs and outputs of a call. `--json` alone means what it means everywhere, the report as JSON; with a file behind it that
 * is where the layout goes. */
function readCall(args: CliArguments): { readonly outputs: Outputs; readonly input: CliArguments; readonly isJson: boolean } {
  const inline = args.flag('json')
  const behind = args.all[args.all.indexOf('--json') + 1]
  const isFile = args.words.length > 1 && args.all.includes('--json') && behind !== undefined && args.words.includes(behind)
  const layout = isFile ? behind : inline !== undefined && inline !== 'true' ? inline : undefined
  const outputs = { pdf: args.flag('pdf'), ofd: args.flag('ofd'), svg: args.flag('svg'), layout }
  if (Object.values(outputs).every((each) => each === undefined)) throw new UsageError('请指定输出文件 name an output: --pdf, --ofd, --svg or --json FILE')
  return { outputs, input: { ...args, words: args.words.filter((word) => word !== layout) }, isJson: args.json && layout === undefined }
}

/** The elements as the text has them, changed by `--meta`, `--kind` and `--format`. */
async function withWishes(document: OfficialDocument, args: CliArguments): Promise<OfficialDocument> {
  const asked = args.flag('kind')
  // The regulations write 命令（令）; people write either.
  const kind = documentKinds.find((each) => each === (asked === '令' || asked === '命令（令）' ? '命令' : asked))
  if (asked !== undefined && !kind) throw new UsageError(`--kind 只能是 is one of ${documentKinds.join(' ')}`)
  const format = formats[args.flag('format') ?? '通用']
  if (!format) throw new UsageError('--format 只能是 is one of 通用 信函 令 纪要')
  const own = kind ? byKind(document.elements, kind) : document.elements
  const formatted = args.flag('format') === undefined ? own : byFormat(own, format)
  const meta = args.flag('meta')
  return { ...document, elements: meta === undefined ? formatted : await withMeta(formatted, meta) }
}

/** What a kind brings with it: its format, direction and suffix of the mark. */
function byKind(elements: Elements, kind: Elements['kind']): Elements {
  const { format, direction, markSuffix } = emptyElements(kind)
  return { ...elements, kind, format, direction, markSuffix }
}

const suffixes: Readonly<Record<DocumentFormat, string>> = { general: '文件', letter: '', order: '令', minutes: '纪要' }

function byFormat(elements: Elements, format: DocumentFormat): Elements {
  return elements.format === format ? elements : { ...elements, format, markSuffix: suffixes[format] }
}

async function withMeta(elements: Elements, file: string): Promise<Elements> {
  const given = await readJson(file)
  const parsed = elementsSchema.partial().strict().safeParse(given)
  if (!parsed.success) throw new InputError(`${file}：要素不对 wrong elements: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || '—'}: ${issue.message}`).join('; ')}`)
  // Only what the file names: the schema's defaults must not overrule the text.
  const named = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => typeof given === 'object' && given !== null && name in given))
  return elementsSchema.parse({ ...elements, ...named })
}

/** Nothing is written over what is read, nor one output over another. */
async function assertApart(outputs: Outputs, read: readonly (string | undefined)[]): Promise<void> {
  const placeOf = (file: string): Promise<string> => realpath(file).catch(() => resolve(file))
  const taken = new Set(await Promise.all(read.filter((file) => file !== undefined).map(placeOf)))
  for (const file of [outputs.pdf, outputs.ofd, outputs.layout, outputs.svg]) {
    if (file === undefined) continue
    const place = await placeOf(file)
    if (taken.has(place)) throw new UsageError(`${file}：会覆盖别的输入或输出，请换一个文件名 would be written over another input or output: choose another name`)
    taken.add(place)
  }
}

async function writeOutputs(layout: Layout, fonts: Fonts, given: { readonly outputs: Outputs; readonly title: string; readonly author: string; readonly pictures: ReadonlyMap<string, Uint8Array> }): Promise<void> {
  const { outputs, title, author, pictures } = given
  const info = { title, ...(author === '' ? {} : { author }), creationDate: 0 }
  if (outputs.pdf !== undefined) await writeFile(outputs.pdf, renderPdf(layout, fonts, info, pictures))
  if (outputs.ofd !== undefined) await writeFile(outputs.ofd, renderOfd(layout, fonts, info, pictures))
  if (outputs.layout !== undefined) await writeFile(outputs.layout, JSON.stringify(layout))
  if (outputs.svg !== undefined) {
    await mkdir(outputs.svg, { recursive: true })
    warmOutlines(layout, fonts)
    for (const index of layout.pages.keys()) await writeFile(join(outputs.svg, `page-${String(index + 1).padStart(3, '0')}.svg`), renderSvg(layout, index, fonts, pictures))
  }
}

function titleOf(document: OfficialDocument, file: string): string {
  const title = document.blocks.find((block) => block.kind === 'title')
  return (title?.kind === 'title' ? cleanText(title.runs) : '') || basename(file).replace(/\.\w+$/u, '')
}

function report(layout: Layout, given: { readonly outputs: Outputs; readonly isJson: boolean; readonly signs: SignReport }, terminal: Terminal): void {
  const { outputs, isJson, signs } = given
  const summary = { ...outputs, pages: layout.pages.length, findings: layout.findings, missing: layout.missing, lent: signs.lent }
  const files = Object.values(outputs).filter((each) => each !== undefined)
  terminal.out(isJson ? JSON.stringify(summary) : `${files.join('、')}: ${layout.pages.length} 页 pages`)
  if (isJson) return
  for (const { family, text } of signs.lent) terminal.out(`由备用字体代排 drawn in ${family}: ${text}`)
  if (signs.missing.length > 0) terminal.out(worded('documents.missing-glyphs', { text: describeMissing(signs.missing) }))
}

/** `typeset`: pages by GB/T 9704. */
export const runTypeset: RunCommand = async (args, terminal) => {
  const { outputs, input, isJson } = readCall(args)
  await assertApart(outputs, [input.words[0], args.flag('meta')])
  // A thread that reads the file and this one that looks for the faces work at the same time.
  const [{ document, file, pictures }, fonts] = await Promise.all([readInput(input), loadFonts({ dataDir: fontsDirectory(args), outlines: outputs.svg !== undefined })])
  const wished = await withWishes(document, args)
  const layout = layoutDocument(wished, fonts.metrics)
  await writeOutputs(layout, fonts, { outputs, title: titleOf(wished, file), author: wished.elements.issuers[0] ?? '', pictures })
  const signs = reportSigns(layout, fonts)
  report(layout, { outputs, isJson, signs }, terminal)
  // The files are there to be looked at; a script must not take pages with boxes in them for final.
  return signs.missing.length > 0 ? exitCodes.found : exitCodes.ok
}
