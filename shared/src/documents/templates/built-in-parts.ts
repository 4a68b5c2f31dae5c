/** What built-in templates are written with: one part a block. */
import type { Block, DocumentKind, Elements } from '../model.ts'
import { versionOfContent } from '../model.ts'
import { firstElements } from '../rules/elements-of-kind.ts'
import { organToken, type TemplateContent } from './model.ts'

/** Names of the built-in templates. */
export const builtInIds = [
  'resolution', 'decision', 'decision-meeting', 'order', 'order-regulation', 'communique', 'communique-meeting', 'announcement', 'public-notice', 'opinions', 'opinions-up', 'notice', 'notice-issue',
  'notice-regulation', 'notice-forward', 'notice-meeting', 'circular', 'report', 'report-answer', 'request', 'reply', 'bill', 'letter', 'letter-answer', 'minutes',
] as const
/** One of them. */
export type BuiltInId = (typeof builtInIds)[number]

/** A template every office has. */
export interface BuiltInTemplate extends TemplateContent {
  readonly id: BuiltInId
}

/** A block and its words; `h1` is a heading of the first level. */
export type Part = readonly [kind: Exclude<Block['kind'], 'table' | 'figure' | 'heading'> | 'h1', text: string]

function blockOf([kind, text]: Part): Block {
  const runs = text === '' ? [] : [{ text }]
  return kind === 'h1' ? { kind: 'heading', level: 1, runs } : { kind, runs }
}

/** The blocks of some parts. */
export function blocksOf(parts: readonly Part[]): readonly Block[] {
  return parts.map(blockOf)
}

/** Who signs a document sealed by its organ. */
export const signed: readonly Part[] = [['signature', organToken], ['date', '']]

/** 题注 of what a meeting adopts: it stands for 署名 and 成文日期. */
export const adoptedNote: Part = ['title-note', '（【待填通过日期】【待填会议名称】通过）']

/** What one built-in template says. */
export interface Given {
  readonly name: string
  readonly purpose: string
  readonly elements?: Partial<Elements>
  readonly parts: readonly Part[]
}

/** A built-in template of a kind: its first elements, an imprint where the format has one, its parts. */
export function template(id: BuiltInId, kind: DocumentKind, { name, purpose, elements = {}, parts }: Given): BuiltInTemplate {
  const first = firstElements(kind)
  const hasImprint = first.format === 'general'
  const whole = { ...first, printedBy: hasImprint ? organToken : '', ...elements }
  const blocks = blocksOf(parts)
  return { id, name, purpose, code: '', document: { version: versionOfContent(blocks), elements: whole, blocks } }
}
