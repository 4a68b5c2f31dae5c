/** Reads `planted/*.txt`: one mistake a line under `# RULE`; lines with `## ` are remarks. A bare line is a paragraph; `键=值 | 键=值` changes the host document.
 *
 * Keys. Document: 文种 标题 题注 主送 首段 首段前 正文 结尾 一级 二级 三级 四级 条文 加粗 长段 表格 附件说明 附件说明前移 附件说明后移 附件 署名 日期 附注 版头行 抄送行
 * 只有附件 只有段落. Elements: 机关 标志后缀 文号 签发人 抄送 密级 份号 印发机关 印发日期 公开 理由 职务. Context: 签发 已签发 已用号 印章 涉密 上级
 * 主要负责人 双重领导 用词 禁用 领导 机关名录. Lists are parted by ；, paragraphs by ¶, code points are written \u{202E}. */
import { readdirSync, readFileSync } from 'node:fs'
import { civilDate, isCivilDate } from '@xiewen/shared/base'
import {
  type Block, documentKinds, type Elements, emptyHouse, type HouseRules, type LintContext, type OfficialDocument,
} from '@xiewen/shared/documents'
import { block, hostOf, office } from './hosts.ts'

/** One planted mistake. */
export interface Planted {
  readonly rule: string
  /** Other findings that are right in this document. */
  readonly also: readonly string[]
  readonly source: string
  readonly document: OfficialDocument
  readonly context: LintContext
}

/** All planted mistakes of a folder. */
export function readPlanted(folder: URL): readonly Planted[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => parsePlanted(readFileSync(new URL(name, folder), 'utf8')))
}

function parsePlanted(text: string): readonly Planted[] {
  let rule = ''
  return text.split('\n').flatMap((line): readonly Planted[] => {
    const heading = /^# (\w\d\d)/.exec(line)
    if (heading) rule = heading[1] ?? ''
    if (heading || line.startsWith('## ') || line.trim() === '') return []
    const also = [...(/^\[([^\]]*)\] /.exec(line)?.[1] ?? '').matchAll(/\+(\w\d\d)/g)].map((match) => match[1] ?? '')
    const source = line.replace(/^\[\+[^\]]*\] /, '')
    return [{ rule, also, source, ...build(unescape(source)) }]
  })
}

function unescape(text: string): string {
  return text.replace(/\\u\{([0-9A-F]+)\}/g, (_whole, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
}

type Change = readonly [string, string]

/** A bare sentence is a paragraph, and settings may follow it. */
function changesOf(source: string): readonly Change[] {
  return source.split(' | ').map((part): Change => {
    const match = /^([\u4e00-\u9fff]{2,6})=([\s\S]*)$/.exec(part)
    return match ? [match[1] ?? '', match[2] ?? ''] : ['正文', part]
  })
}

function build(source: string): { readonly document: OfficialDocument; readonly context: LintContext } {
  const changes = changesOf(source)
  const kind = documentKinds.find((each) => changes.some(([key, value]) => key === '文种' && value === each)) ?? '通知'
  let document = hostOf(kind)
  let context = office
  for (const [key, value] of changes) {
    const elements = elementsOf(key, value)
    const more = contextOf(key, value, context)
    if (elements) document = { ...document, elements: { ...document.elements, ...elements } }
    else if (more) context = { ...context, ...more }
    else document = { ...document, blocks: blocksOf(key, value, document.blocks) }
  }
  return { document, context }
}

/** Parts of a list; a ； at the very end belongs to its last part. */
const list = (value: string): string[] => value.split(/；(?!$)/).filter((part) => part !== '')

function elementsOf(key: string, value: string): Partial<Elements> | null {
  switch (key) {
    case '机关':
      return { issuers: list(value) }
    case '标志后缀':
      return { markSuffix: value }
    case '文号': {
      const [code = '', year, serial] = value.split(' ')
      return { number: { code, year: Number(year), serial: Number(serial) } }
    }
    case '签发人':
      return { signers: list(value) }
    case '抄送':
      return { copyTo: list(value) }
    case '密级':
      return { secrecy: value }
    case '份号':
      return { copyNumber: value }
    case '印发机关':
      return { printedBy: value }
    case '印发日期':
      return { printedOn: isCivilDate(value) ? civilDate(value) : null }
    case '公开':
      return { disclosure: value === 'closed' ? 'closed' : value === 'on-request' ? 'on-request' : 'open' }
    case '理由':
      return { disclosureReason: value }
    case '职务':
      return { signerPost: value }
    default:
      return null
  }
}

function contextOf(key: string, value: string, before: LintContext): Partial<LintContext> | null {
  const house: HouseRules = before.house ?? emptyHouse
  const pairs = list(value).map((pair) => pair.split(/[>:]/))
  switch (key) {
    case '签发':
      return { signedOn: civilDate(value), isSigned: true }
    case '已签发':
      return { isSigned: value !== '否' }
    case '已用号':
      return { serialsInUse: value.split(',').map(Number) }
    case '印章':
      return { seals: list(value) }
    case '涉密':
      return { isClassifiedAllowed: true }
    case '上级':
      return { superiors: list(value) }
    case '主要负责人':
      return { principals: list(value) }
    case '双重领导':
      return { house: { ...house, dualSuperiors: list(value) } }
    case '用词':
      return { house: { ...house, terms: pairs.map(([wrong = '', right = '']) => ({ wrong, right })) } }
    case '禁用':
      return { house: { ...house, forbidden: list(value).map((word) => ({ word, advice: '' })) } }
    case '领导':
      return { house: { ...house, leaders: pairs.map(([name = '', post = '']) => ({ name, post })) } }
    case '机关名录':
      return { organNames: [...(before.organNames ?? []), ...list(value)] }
    default:
      return null
  }
}

const levels: Readonly<Record<string, 1 | 2 | 3 | 4>> = { 一级: 1, 二级: 2, 三级: 3, 四级: 4 }

function blocksOf(key: string, value: string, blocks: readonly Block[]): readonly Block[] {
  const body = (added: readonly Block[]): readonly Block[] => insertBefore(blocks, closingAt(blocks), added)
  const level = levels[key]
  if (level) return body([{ kind: 'heading', level, runs: [{ text: value }] }])
  switch (key) {
    case '文种':
      return blocks
    case '正文':
      return body(value.split('¶').map((text) => block('paragraph', text)))
    case '条文':
      return body(list(value).map((text) => block('article', text)))
    case '加粗':
      return body([{ kind: 'paragraph', runs: [{ text: value, bold: true }] }])
    case '长段':
      return body([block('paragraph', `${value.repeat(2000)}。`)])
    case '表格':
      return body([tableOf(value)])
    case '标题':
      return replace(blocks, 'title', [value])
    case '题注':
      return value === '' ? blocks.filter((each) => each.kind !== 'title-note') : replace(blocks, 'title-note', [value])
    case '主送':
      return value === '' ? blocks.filter((each) => each.kind !== 'recipients') : replace(blocks, 'recipients', [value])
    case '署名':
      return replace(blocks, 'signature', list(value))
    case '日期':
      return replace(blocks, 'date', [value])
    case '附注':
      return value === '' ? blocks.filter((each) => each.kind !== 'note') : replace(blocks, 'note', [value])
    case '首段':
      return blocks.map((each, index) => (index === blocks.findIndex((one) => one.kind === 'paragraph') ? block('paragraph', value) : each))
    case '结尾': {
      const at = blocks.findLastIndex((each) => each.kind === 'paragraph')
      return blocks.flatMap((each, index) => (index === at ? (value === '' ? [] : [block('paragraph', value)]) : [each]))
    }
    case '首段前':
      return insertBefore(blocks, blocks.findIndex((each) => each.kind === 'paragraph'), [block('paragraph', value)])
    case '版头行':
      return [...list(value).map((text) => block('paragraph', text)), ...blocks]
    case '抄送行':
      return [...blocks, block('paragraph', value)]
    case '附件说明':
      return insertBefore(blocks, signatureAt(blocks), list(value).map((text) => block('attachment-note', text)))
    case '附件说明后移':
      return [...blocks, block('attachment-note', value)]
    case '附件说明前移':
      return insertBefore(blocks, blocks.findIndex((each) => each.kind === 'paragraph'), [block('attachment-note', value)])
    case '附件':
      return [...blocks, ...list(value).flatMap((text) => [block('annex-title', text), block('paragraph', '具体内容略。')])]
    case '只有附件':
      return [block('annex-title', value), block('paragraph', '具体内容略。')]
    case '只有段落':
      return value.split('¶').map((text) => block('paragraph', text))
    default:
      throw new Error(`unknown key ${key}`)
  }
}

function tableOf(value: string): Block {
  const rows = value.split('¶').map((row, index) => ({
    header: index === 0,
    cells: row.split('；').map((text) => ({ columns: 1, runs: [{ text }] })),
  }))
  return { kind: 'table', rows }
}

function insertBefore(blocks: readonly Block[], at: number, added: readonly Block[]): readonly Block[] {
  return [...blocks.slice(0, at), ...added, ...blocks.slice(at)]
}

/** Where the body ends: before its closing sentence, which stands last. */
function closingAt(blocks: readonly Block[]): number {
  return blocks.findLastIndex((each, index) => each.kind === 'paragraph' && index < signatureAt(blocks))
}

function signatureAt(blocks: readonly Block[]): number {
  const at = blocks.findIndex((each) => each.kind === 'signature' || each.kind === 'attachment-note')
  return at < 0 ? blocks.length : at
}

function replace(blocks: readonly Block[], kind: 'title' | 'title-note' | 'recipients' | 'signature' | 'date' | 'note', texts: readonly string[]): readonly Block[] {
  const at = blocks.findIndex((each) => each.kind === kind)
  const made = texts.map((text) => block(kind, text))
  if (at < 0) return kind === 'title' || kind === 'title-note' || kind === 'recipients' ? insertRecipients(blocks, kind, made) : [...blocks, ...made]
  return blocks.flatMap((each, index) => (index === at ? made : each.kind === kind ? [] : [each]))
}

function insertRecipients(blocks: readonly Block[], kind: 'title' | 'title-note' | 'recipients', made: readonly Block[]): readonly Block[] {
  return kind === 'title' ? [...made, ...blocks] : insertBefore(blocks, blocks.findIndex((each) => each.kind === 'title') + 1, made)
}
