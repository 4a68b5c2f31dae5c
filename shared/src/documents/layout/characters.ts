/** Classes of characters at the ends of lines (避头尾) and inside them. */

const noHead = new Set('，。、；：？！）〕］】》〉」』”’…—·％‰℃,.;:?!)]}%')
const noTail = new Set('（〔［【《〈「『“‘([{')
const closing = new Set('，。、；：）〕】》〉」』”’')
const wordSign = /[0-9A-Za-z\u00C0-\u024F.,:'%‰/\\+\-_@#&=~]/u
const ideograph = /[\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u3000-\u303F\u{20000}-\u{3FFFF}]/u

/** Whether the sign must not begin a line: closing punctuation, percent signs. */
export function isForbiddenAtHead(char: string): boolean {
  return noHead.has(char)
}

/** Whether the sign must not end a line: opening brackets and quotation marks. */
export function isForbiddenAtTail(char: string): boolean {
  return noTail.has(char)
}

/** How a sign behaves in a line. */
export interface Manners {
  /** It must not begin a line. */
  readonly noHead: boolean
  /** It must not end a line. */
  readonly noTail: boolean
  /** The right half of its cell is blank, so that it may be squeezed from the right. */
  readonly squeezesRight: boolean
  /** The left half of its cell is blank, so that it may be squeezed from the left. */
  readonly squeezesLeft: boolean
  /** It is Chinese: it takes a whole cell and a line may break beside it. */
  readonly isIdeographic: boolean
  /** It makes an unbreakable unit with its like: digits, Latin letters and the signs among them, dashes, dots. */
  readonly unit: 'word' | 'dash' | 'dots' | null
}

/** The manners of one sign. */
export function mannersOf(char: string): Manners {
  const noTail = isForbiddenAtTail(char)
  return {
    noHead: isForbiddenAtHead(char),
    noTail,
    squeezesRight: closing.has(char),
    squeezesLeft: noTail && !'([{'.includes(char),
    isIdeographic: ideograph.test(char) || '“”‘’—…·'.includes(char),
    unit: char === '—' ? 'dash' : char === '…' ? 'dots' : wordSign.test(char) ? 'word' : null,
  }
}

/** Whether `next` belongs to the same unbreakable unit as `char`: numbers, Latin words, 0.5%, ——, ……. */
export function isGlued(char: string, next: string): boolean {
  if ((char === '—' && next === '—') || (char === '…' && next === '…')) return true
  return wordSign.test(char) && wordSign.test(next)
}
