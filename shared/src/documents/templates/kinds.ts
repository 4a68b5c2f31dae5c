/** In which formats and directions each kind of document may be written: what the dialogs offer and templates must keep to. */
import { accept, refuse, type Result } from '../../base/result.ts'
import { type Direction, type DocumentFormat, type DocumentKind, type Elements, markSuffixes } from '../model.ts'

/** Formats a kind may have, the usual one first.
 *
 * Source: GB/T 9704-2012 10 for 命令 and 纪要; 信函格式 is used for 函 and, in practice, for 通知, 批复 and the like to a few organs
 */
export function formatsOfKind(kind: DocumentKind): readonly DocumentFormat[] {
  switch (kind) {
    case '命令':
      return ['order']
    case '纪要':
      return ['minutes']
    case '函':
      return ['letter', 'general']
    case '通知':
    case '批复':
    case '通报':
    case '意见':
    case '决定':
      return ['general', 'letter']
    default:
      return ['general']
  }
}

/** Directions a kind may travel in, the usual one first. Source: 条例 第8条, 第15–17条 */
export function directionsOfKind(kind: DocumentKind): readonly Direction[] {
  switch (kind) {
    case '请示':
    case '报告':
      return ['up']
    case '议案':
      return ['flat', 'up']
    case '函':
      return ['flat']
    case '意见':
      return ['down', 'up', 'flat']
    case '通知':
    case '通报':
    case '纪要':
      return ['down', 'flat']
    case '决定':
      return ['down', 'public']
    case '批复':
      return ['down']
    default:
      return ['public']
  }
}

/** The elements in the format and direction somebody wishes for. What follows the organs in the mark goes with the format; a
 * document that is neither a letter nor minutes keeps its imprint.
 *
 * @returns the elements, or the reason why the kind cannot have that form
 */
export function decideForm(elements: Elements, wished: { readonly format?: DocumentFormat | undefined; readonly direction?: Direction | undefined }): Result<Elements> {
  const { kind } = elements
  const format = wished.format ?? elements.format
  const direction = wished.direction ?? elements.direction
  if (!formatsOfKind(kind).includes(format)) return refuse('documents.template-format', { kind })
  if (!directionsOfKind(kind).includes(direction)) return refuse('documents.template-direction', { kind })
  if (format === 'letter' && direction === 'up') return refuse('documents.template-letter-up', { kind })
  if (format === elements.format) return accept({ ...elements, direction })
  const printedBy = format === 'letter' ? '' : elements.printedBy
  return accept({ ...elements, format, direction, markSuffix: markSuffixes[format], printedBy })
}
