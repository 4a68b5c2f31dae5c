/** A template under the hand of its keeper: blocks as lines, and the document its preview shows. Pure. */
import { beginDocument, type Block, isProvision, type OfficialDocument, type TemplateContent, templateContentSchema, versionOfContent } from '@xiewen/shared/documents'
import type { TableBlock } from './editor/table-block.ts'
import { type BlockChoice, choiceOf, retype } from './import-model.ts'

/** The document a template would begin, with a number as it will be given. */
export function sampleOf(content: TemplateContent, organName: string, year: number): OfficialDocument {
  const begun = beginDocument(content.document, { organName, issuers: [], title: '' })
  if (content.code === '') return begun
  return { ...begun, elements: { ...begun.elements, number: { code: content.code, year, serial: 1 } } }
}

/** The template with other fields of its heading and imprint. */
export function withElements(content: TemplateContent, change: Partial<TemplateContent['document']['elements']>): TemplateContent {
  return { ...content, document: { ...content.document, elements: { ...content.document.elements, ...change } } }
}

function withBlocks(content: TemplateContent, blocks: readonly Block[]): TemplateContent {
  return { ...content, document: { ...content.document, version: versionOfContent(blocks), blocks } }
}

/** The template with the words of a block changed. */
export function withText(content: TemplateContent, index: number, text: string): TemplateContent {
  const runs = text === '' ? [] : [{ text: text.replaceAll(/\r?\n/g, '') }]
  return withBlocks(content, content.document.blocks.map((block, at) => (at === index && block.kind !== 'table' && block.kind !== 'figure' ? { ...block, runs } : block)))
}

/** The template with a block turned into something else. */
export function withChoice(content: TemplateContent, index: number, choice: BlockChoice): TemplateContent {
  const { document } = templateContentSchema.parse(content)
  return withBlocks(content, retype(document, index, choice).blocks)
}

/** The template with an empty block behind another, of the kind that usually follows. */
export function withLineAfter(content: TemplateContent, index: number): TemplateContent {
  const { blocks } = content.document
  const added: Block = { kind: kindAfter(blocks[index]), runs: [] }
  return withBlocks(content, [...blocks.slice(0, index + 1), added, ...blocks.slice(index + 1)])
}

/** What usually follows a block: its like for signatures, names of attachments, 条, 项 and 目; a 条 under a 章 or 节. */
function kindAfter(before: Block | undefined): 'signature' | 'attachment-note' | 'article' | 'item' | 'subitem' | 'paragraph' {
  if (before === undefined) return 'paragraph'
  if (before.kind === 'chapter' || before.kind === 'section') return 'article'
  return before.kind === 'signature' || before.kind === 'attachment-note' || isProvision(before) ? before.kind : 'paragraph'
}

/** The template with another table in the place of one. */
export function withTable(content: TemplateContent, index: number, table: TableBlock): TemplateContent {
  return withBlocks(content, content.document.blocks.map((block, at) => (at === index ? table : block)))
}

/** The template with an empty table behind a block: three columns, a head and two rows. */
export function withTableAfter(content: TemplateContent, index: number): TemplateContent {
  const { blocks } = content.document
  const row = (header: boolean) => ({ header, cells: Array.from({ length: 3 }, () => ({ columns: 1, runs: [] })) })
  return withBlocks(content, [...blocks.slice(0, index + 1), { kind: 'table', rows: [row(true), row(false), row(false)] }, ...blocks.slice(index + 1)])
}

/** The template without a block. */
export function withoutLine(content: TemplateContent, index: number): TemplateContent {
  return withBlocks(content, content.document.blocks.filter((_block, at) => at !== index))
}

/** The template with a block moved by one place. */
export function withMove(content: TemplateContent, index: number, by: 1 | -1): TemplateContent {
  const { blocks } = content.document
  const [moved, other] = [blocks[index], blocks[index + by]]
  if (!moved || !other) return content
  return withBlocks(content, blocks.map((block, at) => (at === index ? other : at === index + by ? moved : block)))
}

/** What can be chosen for a block, or null for a table. */
export { choiceOf }
