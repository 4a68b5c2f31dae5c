/** What the caller of the layout engine may choose. */
import type { WordBreaks } from './words.ts'

/** Options of `layoutDocument`; each has the standard's or the house's default. */
export interface LayoutOptions {
  /** Draw pending revisions (花脸稿): deletions stay in the text, runs carry their change. Default false (清稿). */
  readonly showChanges?: boolean
  /** Diameter of the seals (mm). Default 42; county and city governments 45, provinces 50. Source: 国发〔1999〕25号 */
  readonly sealDiameterMm?: number
  /** Whether the document bears seals. Default: yes for general and letter, no for minutes. */
  readonly sealed?: boolean
  /** Leave the place of a signature stamp (签名章) empty instead of printing the signer's name. Default false. */
  readonly signatureStamp?: boolean
  /** Names of organs that titles and signatures must not split, besides the issuers. */
  readonly organNames?: readonly string[]
  /** Word boundaries for shaping titles; a small built-in lexicon otherwise. Must be deterministic. */
  readonly wordBreaks?: WordBreaks
}
