/** Reads the parts of a regulation (章、节、条、项、目) and its 题注. A part is taken only when its number is exactly the one that will be
 * derived for it (a 项 may go on across a 款: （三） after （二） and a 款); anything else stays text with its typed number, so that nothing is renumbered. */
import { parseChineseNumeral } from '../gongwen/numerals.ts'
import type { ProvisionKind } from '../model.ts'
import { draftText } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { parseTypedNumber } from './patterns.ts'
import type { Reading } from './reading.ts'
import { pushRecognised } from './reading.ts'
import { captionPattern } from './title-note-lines.ts'

const typedPart = /^第\s?([一二三四五六七八九十百零]{1,7})\s?([章节条])([\s\u3000]*)/
/** 第三条规定的、第三条修改为: a sentence about an article. */
const aboutAnArticle = /^(?:规定|修改|第|中|的|所|和|、|至|，|,|及|与|或|之|款|项|增加|删除|删去|改为)/
/** A name of a 章 or 节 is no longer than this. */
const longestPartName = 60

/** 第一章 总则, 第一条 …… and, under a 条, （一） and 1. */
export function readProvision(reading: Reading, line: SourceLine): number {
  const part = typedPart.exec(line.text)
  if (part) return readPart(reading, line, part)
  const number = reading.provisions.isInArticle() ? parseTypedNumber(line.text) : null
  if (number?.level === 1) reading.provisions.restart()
  if (!number || number.damaged || number.style || (number.level !== 2 && number.level !== 3)) return 0
  const kind = number.level === 2 ? 'item' : 'subitem'
  const continues = kind === 'item' && number.count !== reading.provisions.next(kind) && number.count === reading.provisions.next(kind, true)
  if (!continues && number.count !== reading.provisions.next(kind)) return 0
  return take(reading, kind, { text: line.text.slice(number.length), line: line.line }, continues)
}

function readPart(reading: Reading, line: SourceLine, [whole, numeral = '', unit, blanks = '']: RegExpExecArray): number {
  const kind = unit === '章' ? 'chapter' : unit === '节' ? 'section' : 'article'
  const text = line.text.slice(whole.length)
  if (text === '' || parseChineseNumeral(numeral) !== reading.provisions.next(kind)) return 0
  if (kind === 'article' ? blanks === '' && aboutAnArticle.test(text) : text.length > longestPartName || /[。；，：]/.test(text)) return 0
  return take(reading, kind, { text, line: line.line })
}

function take(reading: Reading, kind: ProvisionKind, source: { readonly text: string; readonly line: number }, continues = false): number {
  reading.provisions.count(kind, continues)
  pushRecognised(reading, kind, 'provision', source)
  const taken = reading.blocks.at(-1)
  if (continues && taken) reading.blocks[reading.blocks.length - 1] = { ...taken, continues }
  return 1
}

/** 题注 directly below a title or the title of an attachment. */
export function readTitleNote(reading: Reading, line: SourceLine): number {
  const last = reading.blocks.at(-1)
  const isBelowTitle = last === undefined ? !reading.isAnnex : last.kind === 'annex-title' && draftText(last) !== ''
  if (!isBelowTitle || !captionPattern.test(line.text)) return 0
  pushRecognised(reading, 'title-note', 'title-note', line)
  return 1
}
