/** Half-width marks between Chinese characters, and what they should be (中文标点). Source: GB/T 15834-2011 4, 5 */

/** A mark to be replaced: half-open offsets in UTF-16 units. */
export interface PunctuationFix {
  readonly from: number
  readonly to: number
  readonly text: string
}

const full: Readonly<Record<string, string>> = { ',': '，', '.': '。', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' }
const han = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef”’》〉」』）]/u

/** Marks of a text that should be full width: those that follow a Chinese character, brackets around one, straight quotes as
 * pairs. Numbers (1.5), times (9:30), Latin words and addresses are left alone. */
export function fixPunctuation(text: string): readonly PunctuationFix[] {
  const fixes: PunctuationFix[] = []
  let isOpen = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)]
    if (letter === '"') {
      fixes.push({ from: at, to: at + 1, text: isOpen ? '”' : '“' })
      isOpen = !isOpen
      continue
    }
    const wanted = full[letter]
    if (wanted === undefined) continue
    const isChinese = letter === '(' ? han.test(after) || han.test(before) : letter === ')' ? han.test(before) || han.test(bracketOf(text, at)) : han.test(before)
    if (isChinese && !(letter === '.' && (after === '.' || before === '.'))) fixes.push({ from: at, to: at + 1, text: wanted })
  }
  return text.includes('"') && isOpen ? fixes.filter((fix) => fix.text !== '“' && fix.text !== '”') : fixes
}

/** What stands before the bracket that the one at `at` closes. */
function bracketOf(text: string, at: number): string {
  const open = text.lastIndexOf('(', at)
  return open < 1 ? '' : text.charAt(open - 1)
}

/** What a mark just typed becomes, given the text before it; null where it stays. */
export function punctuationTyped(before: string, typed: string): string | null {
  const last = before.at(-1) ?? ''
  if (typed === '"') return countQuotes(before) % 2 === 0 ? '“' : '”'
  const wanted = full[typed]
  if (wanted === undefined || !han.test(last)) return null
  return wanted
}

function countQuotes(text: string): number {
  return text.match(/[“”"]/g)?.length ?? 0
}
