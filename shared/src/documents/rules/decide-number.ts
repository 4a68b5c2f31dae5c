/** Deciding about 发文字号: when one may be allocated, to whom, and which comes next. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { DocumentNumber } from '../model.ts'
import type { DocumentState } from './states.ts'

/** What is known when a number is asked for. */
export interface NumberScene {
  readonly state: DocumentState
  /** The document's number in force, or null. */
  readonly current: DocumentNumber | null
  /** 机关代字 registered with the issuing organ. */
  readonly organCodes: readonly string[]
  /** Greatest serial ever used for code and year, void ones included; 0 when none. */
  readonly lastSerial: number
}

/** Decides the next number. Numbers exist only after 签发, belong to codes of the organ, and are never used twice: a void
 * number stays in the register with its reason, so every gap is explained.
 *
 * @returns the number, or `documents.not-signed`, `documents.already-numbered`, `documents.code-not-registered`
 * Source: 条例 第25条(二) 登记; GB/T 9704-2012 7.2.5
 */
export function decideNumber(scene: NumberScene, wish: { readonly code: string; readonly year: number }): Result<DocumentNumber> {
  if (scene.current) return refuse('documents.already-numbered')
  if (scene.state !== 'signed') return refuse('documents.not-signed')
  if (!scene.organCodes.includes(wish.code)) return refuse('documents.code-not-registered', { code: wish.code })
  return accept({ code: wish.code, year: wish.year, serial: scene.lastSerial + 1 })
}

/** Decides whether a number may be declared void (作废): only while nothing has been sealed or sent under it. */
export function decideVoidNumber(state: DocumentState): Result<'signed'> {
  return state === 'numbered' || state === 'typeset' ? accept('signed') : refuse('documents.number-in-use')
}

/** A stretch of serials missing from the register: cannot happen by this system, may come with imported registers. */
export interface SerialGap {
  readonly from: number
  readonly to: number
}

/** Serials between 1 and the greatest that no row explains.
 *
 * @param serials of one code and year, any order
 */
export function findSerialGaps(serials: readonly number[]): readonly SerialGap[] {
  const sorted = [...new Set(serials)].sort((a, b) => a - b)
  return sorted.flatMap((serial, index) => {
    const previous = index === 0 ? 0 : (sorted[index - 1] ?? 0)
    return serial > previous + 1 ? [{ from: previous + 1, to: serial - 1 }] : []
  })
}
