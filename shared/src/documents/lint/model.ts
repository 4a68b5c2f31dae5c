/** What the checker (公文校验) looks at and what it says. */
import type { CivilDate } from '../../base/instant.ts'
import type { Block, Elements, OfficialDocument } from '../model.ts'

/** Where a rule comes from: law 法规, regulation 条例, national-standard 国标 (GB/T 9704), standard 标准 (GB/T 15834, 15835), practice
 * 实务, unit 本单位. Units may lower only the last two. */
export const ruleLevels = ['law', 'regulation', 'national-standard', 'standard', 'practice', 'unit'] as const
/** Where a rule comes from. */
export type RuleLevel = (typeof ruleLevels)[number]

/** An error blocks 送审; a warning asks to be looked at; a hint may be ignored. */
export type Severity = 'error' | 'warning' | 'hint'

/** A replacement inside one block; offsets in UTF-16 units of the block's clean text (`blockText`), `to` exclusive. */
export interface TextEdit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A repair that never changes what the document says. */
export type Fix =
  /** Edits do not overlap and stand in ascending order. */
  | { readonly kind: 'edit-text'; readonly block: number; readonly edits: readonly TextEdit[] }
  /** The block becomes another kind of block; `edits` take off what will be derived. */
  | {
      readonly kind: 'change-block'
      readonly block: number
      readonly to: 'attachment-note' | { readonly level: 1 | 2 | 3 | 4 }
      readonly edits: readonly TextEdit[]
    }
  | { readonly kind: 'set-element'; readonly name: keyof Elements; readonly value: Elements[keyof Elements] }

/** One remark of the checker. Its words are the string `documents.lint.<rule>` with `params` filled in. */
export interface Finding {
  /** Id of the rule in the catalogue, e.g. `A01`. */
  readonly rule: string
  readonly level: RuleLevel
  readonly clause: string
  readonly severity: Severity
  /** Index of the block; null when the remark is about an element of 版头 or 版记, or the whole. */
  readonly block: number | null
  /** The element it is about, for the form beside the text. */
  readonly element: keyof Elements | null
  /** The stretch to mark, UTF-16 offsets in the block's clean text; the whole block when `from` equals `to`. */
  readonly from: number
  readonly to: number
  /** All stretches to mark when there are several. */
  readonly spots: readonly { readonly from: number; readonly to: number }[]
  /** `clause` is always among them. */
  readonly params: Readonly<Record<string, string | number>>
  readonly fix?: Fix
}

/** What the office knows and the text does not say. Everything may be left out; the rules that need it then stay silent. */
export interface LintContext {
  /** Registered names of organs (机关名录): full names and authorised short forms (规范化简称). */
  readonly organNames?: readonly string[]
  /** The issuing organ's superiors (上级机关) and subordinates (下级机关). */
  readonly superiors?: readonly string[]
  readonly subordinates?: readonly string[]
  /** 机关代字 registered for the issuing organ. */
  readonly codes?: readonly string[]
  /** Day of 签发, once signed. */
  readonly signedOn?: CivilDate
  /** Whether this installation may hold classified documents (涉密); false when left out. */
  readonly isClassifiedAllowed?: boolean
}

/** A document prepared for the rules. */
export interface LintScene {
  readonly document: OfficialDocument
  readonly context: LintContext
  /** Clean text of each block. */
  readonly texts: readonly string[]
  /** Index of the first block of an attachment; the number of blocks when there is none. */
  readonly mainEnd: number
}

/** What a rule found, before the engine adds the rule's own data. */
export interface Hit {
  readonly block?: number
  readonly element?: keyof Elements
  readonly spots?: readonly { readonly from: number; readonly to: number }[]
  readonly params?: Readonly<Record<string, string | number>>
  readonly fix?: Fix
  /** Where a single case weighs otherwise than its rule. */
  readonly severity?: Severity
}

/** One rule: a pure function with its authority. */
export interface LintRule {
  readonly id: string
  readonly level: RuleLevel
  readonly clause: string
  readonly severity: Severity
  check(scene: LintScene): readonly Hit[]
}

/** Index and block of each block of these kinds, of the whole document. */
export function blocksOfKind(
  scene: LintScene,
  ...kinds: readonly Block['kind'][]
): readonly { readonly index: number; readonly text: string; readonly block: Block }[] {
  return scene.document.blocks.flatMap((block, index) =>
    kinds.includes(block.kind) ? [{ index, block, text: scene.texts[index] ?? '' }] : [],
  )
}
