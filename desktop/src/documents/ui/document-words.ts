/** How documents are spoken of in lists and heads. */
import { type DocumentRow, formatDocumentNumber } from '@xiewen/shared/documents'
import type { Tone } from '../../platform/kit/index.ts'

/** Tone of a state: grey not begun, blue under way, green finished. */
export function toneOfState(state: DocumentRow['state']): Tone {
  switch (state) {
    case 'draft':
    case 'incoming':
      return 'grey'
    case 'in-review':
      return 'yellow'
    case 'signed':
    case 'numbered':
    case 'typeset':
    case 'sealed':
      return 'blue'
    case 'issued':
      return 'green'
  }
}

/** 发文字号, or the fallback while there is none. */
export function numberText(number: DocumentRow['number'], none: string): string {
  return number === null ? none : formatDocumentNumber(number)
}
