/** What the checker (公文校验) looks at and what it says. */
import type { Layout } from '../layout/model.ts'
import type { Block, Elements, OfficialDocument } from '../model.ts'
import type { LintContext } from './context.ts'

/** Where a rule comes from: law 法规, regulation 条例, national-standard 国标 (GB/T 9704), standard 标准 (GB/T 15834, 15835), practice
 * 实务, unit 本单位. Offices may tune only the last two. */
export const ruleLevels = ['law', 'regulation', 'national-standard', 'standard', 'practice', 'unit'] as const
/** Where a rule comes from. */
export type RuleLevel = (typeof ruleLevels)[number]

/** An error blocks 送审; a warning asks to be looked at; a hint may be ignored. */
export const severities = ['error', 'warning', 'hint'] as const
/** How much a finding weighs. */
export type Severity = (typeof severities)[number]

/** A stretch of one block: UTF-16 offsets in its clean text (`blockText`), `to` exclusive. */
export interface Spot {
  readonly from: number
  readonly to: number
}

/** A replacement inside one block. */
export interface TextEdit extends Spot {
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
  /** The block is empty and goes. */
  | { readonly kind: 'remove-block'; readonly block: number }
  | { readonly kind: 'set-element'; readonly name: keyof Elements; readonly value: Elements[keyof Elements] }

/** One remark of the checker. Its words are the string `remarkKey` names with `params` filled in. */
export interface Finding {
  /** Id of the rule in the catalogue, e.g. `A01`. */
  readonly rule: string
  /** Which of the rule's several faults it is, when each has words of its own. */
  readonly fault?: string
  readonly level: RuleLevel
  readonly clause: string
  readonly severity: Severity
  /** Index of the block; null when the remark is about an element of 版头 or 版记, or the whole. */
  readonly block: number | null
  /** The element it is about, for the form beside the text. */
  readonly element: keyof Elements | null
  /** The page it is about, from 1; null unless a rule of the layout made it. */
  readonly page: number | null
  /** The stretch to mark; the whole block when `from` equals `to`. */
  readonly from: number
  readonly to: number
  /** All stretches to mark when there are several. */
  readonly spots: readonly Spot[]
  /** `clause` is always among them. */
  readonly params: Readonly<Record<string, string | number>>
  readonly fix?: Fix
}

/** A block as the rules see it. */
export interface Place {
  readonly index: number
  readonly kind: Block['kind']
  /** Clean text (清稿); cells of a table set apart by a tab, rows by a line feed. */
  readonly text: string
  readonly block: Block
  /** The document itself, or its attachments (附件). */
  readonly part: 'main' | 'annex'
}

/** What a block rule may know besides its block. Whatever changes here makes every block new to the checker. */
export interface Around {
  readonly kind: Elements['kind']
  readonly format: Elements['format']
  readonly direction: Elements['direction']
  readonly disclosure: Elements['disclosure']
  readonly context: LintContext
}

/** Something a document rule gathered from one block, kept until that block changes. */
export interface Note extends Spot {
  readonly block: number
  readonly text: string
}

/** A document prepared for the rules. */
export interface LintScene {
  readonly document: OfficialDocument
  readonly context: LintContext
  readonly places: readonly Place[]
  /** Places of one kind in reading order. */
  readonly byKind: ReadonlyMap<Block['kind'], readonly Place[]>
  /** Index of the first block of an attachment; the number of blocks when there is none. */
  readonly mainEnd: number
}

/** A laid-out document prepared for the rules of geometry. */
export interface PageScene extends LintScene {
  readonly layout: Layout
}

/** What a rule found, before the engine adds the rule's own data. */
export interface Hit {
  readonly fault?: string
  readonly block?: number
  readonly element?: keyof Elements
  readonly page?: number
  readonly spots?: readonly Spot[]
  readonly params?: Readonly<Record<string, string | number>>
  readonly fix?: Fix
  /** Where a single case weighs otherwise than its rule. */
  readonly severity?: Severity
}

interface RuleHead {
  /** Id in the catalogue: a letter for the part of the document, two digits. */
  readonly id: string
  readonly level: RuleLevel
  readonly clause: string
  readonly severity: Severity
}

/** A rule that needs nothing but one block: its answer is kept until that block changes. */
export interface BlockRule extends RuleHead {
  readonly scope: 'block'
  /** Kinds of block it reads; every kind with text when left out. */
  readonly kinds?: readonly Block['kind'][]
  check(place: Place, around: Around): readonly Hit[]
}

/** A rule about several blocks or the elements. What it wants from the prose it gathers block by block, so that a keystroke costs one block. */
export interface DocumentRule extends RuleHead {
  readonly scope: 'document'
  gather?(place: Place): readonly Note[]
  check(scene: LintScene, notes: readonly Note[]): readonly Hit[]
}

/** A rule measured on the boxes of the layout. */
export interface PageRule extends RuleHead {
  readonly scope: 'page'
  check(scene: PageScene): readonly Hit[]
}

/** One rule: a pure function with its authority. */
export type LintRule = BlockRule | DocumentRule | PageRule
