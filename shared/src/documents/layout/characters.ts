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

/** Whether the right half of the sign's cell is blank, so that it may be squeezed from the right. */
export function isSqueezableRight(char: string): boolean {
  return closing.has(char)
}

/** Whether the left half of the sign's cell is blank, so that it may be squeezed from the left. */
export function isSqueezableLeft(char: string): boolean {
  return noTail.has(char) && !'([{'.includes(char)
}

/** Whether the sign is Chinese: it takes a whole cell and a line may break beside it. */
export function isIdeographic(char: string): boolean {
  return ideograph.test(char) || '“”‘’—…·'.includes(char)
}

/** Whether `next` belongs to the same unbreakable unit as `char`: numbers, Latin words, 0.5%, ——, ……. */
export function isGlued(char: string, next: string): boolean {
  if ((char === '—' && next === '—') || (char === '…' && next === '…')) return true
  return wordSign.test(char) && wordSign.test(next)
}
