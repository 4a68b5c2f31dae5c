/** What the office knows and a text does not say. */
import type { CivilDate } from '../../base/instant.ts'
import type { FontRole } from '../layout/model.ts'
import type { HouseRules } from './house.ts'

/** Reviews that are on record because their paper is attached: 合法性审核意见, 公平竞争审查表. */
export function reviewsOfFiles(names: readonly string[]): NonNullable<LintContext['reviews']> {
  return { legality: names.some((name) => /合法性(?:审核|审查)/u.test(name)), fairCompetition: names.some((name) => name.includes('公平竞争审查')) }
}

/** The signs (字) the office's typefaces have. */
export interface SignsInUse {
  /** Whether any face has the sign; without one it cannot be printed. */
  has(codePoint: number): boolean
  /** The family that lends a sign which the role's own face lacks; null when that face has it or no face has. */
  lender?(role: FontRole, codePoint: number): string | null
}

/** Everything may be left out; the rules that need it then stay silent. */
export interface LintContext {
  /** Registered names of organs (机关名录): full names and authorised short forms (规范化简称). */
  readonly organNames?: readonly string[]
  /** The issuing organ's superiors (上级机关), the direct one first, and subordinates (下级机关). */
  readonly superiors?: readonly string[]
  readonly subordinates?: readonly string[]
  /** 机关代字 registered for the issuing organ. */
  readonly codes?: readonly string[]
  /** The organ that drafts, i.e. the leading one (主办机关) of a joint document: full and short name. */
  readonly leadOrgan?: readonly string[]
  /** Names of the organ's principal leaders (主要负责人). */
  readonly principals?: readonly string[]
  /** Day of 签发, once signed. */
  readonly signedOn?: CivilDate
  /** Whether 签发 has happened; left out where nobody knows, as in a file. */
  readonly isSigned?: boolean
  /** Serials of the number's code and year that other documents hold, ascending. */
  readonly serialsInUse?: readonly number[]
  /** Organs whose seals the document bears, once it is sealed. */
  readonly seals?: readonly string[]
  /** Reviews of a normative document (规范性文件) that are on record. */
  readonly reviews?: { readonly legality: boolean; readonly fairCompetition: boolean }
  /** Whether this installation may hold classified documents (涉密); false when left out. */
  readonly isClassifiedAllowed?: boolean
  /** What the typefaces in use can print. */
  readonly signs?: SignsInUse
  /** What the office has set: switched-off rules and its word lists. */
  readonly house?: HouseRules
}
