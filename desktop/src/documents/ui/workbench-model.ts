/** What the parts of the document page share. */
import type { Editor } from '@tiptap/core'
import type { Duty, OutputOf } from '@xiewen/shared/base'
import { type documentsContract, type Elements, type Finding, type IgnoredView, mayGoUnsealed, type OfficialDocument } from '@xiewen/shared/documents'
import type { DocumentPanel } from '../../platform/rooms/document-slots.ts'
import type { LiveDocument } from './editor/live-document.ts'
import type { Comments } from './use-comments.ts'

/** The answer of `documents.open`. */
export type Opened = OutputOf<typeof documentsContract.open>

/** Modes of the page: 起草 and 修订 write; 花脸稿, 清稿 and 定稿 are views of one and the same log; 版式预览 shows pages. */
export const modes = ['draft', 'revise', 'redline', 'clean', 'final', 'preview'] as const
/** One of the modes. */
export type Mode = (typeof modes)[number]

/** A finding somebody has put aside, and who. */
export interface AsideFinding {
  readonly finding: Finding
  readonly by: IgnoredView
}

/** What panels are given. */
export interface Desk {
  readonly opened: Opened
  readonly live: LiveDocument
  /** Null until the text has arrived. */
  readonly editor: Editor | null
  readonly mode: Mode
  readonly comments: Comments
  readonly findings: readonly Finding[]
  /** Findings put aside with a reason. */
  readonly aside: readonly AsideFinding[]
  /** The text the findings are about. */
  readonly document: OfficialDocument
  readonly reload: () => void
  /** Leads to an element of 版头 or 版记 in the panel beside the text. */
  readonly showElement: (name: keyof Elements) => void
  /** Saves and waits; false when that failed. */
  readonly settle: () => Promise<boolean>
}

/** The mode a document opens in. */
export function firstMode(opened: Opened): Mode {
  switch (opened.right) {
    case 'edit':
      return opened.document.state === 'in-review' ? 'revise' : 'draft'
    case 'suggest':
      return 'revise'
    case 'read':
      return opened.rendition === null ? 'clean' : 'preview'
  }
}

interface Placed {
  readonly document: Pick<Opened['document'], 'state' | 'kind' | 'origin'>
  readonly rendition: Pick<NonNullable<Opened['rendition']>, 'stage' | 'sealPlaces'> | null
  /** What other rooms have registered. */
  readonly panels: readonly DocumentPanel[]
}

/** The tabs of other rooms that this document has now, in order. */
export function panelsFor({ document, rendition, panels }: Placed): readonly DocumentPanel[] {
  const isUnsealed = rendition?.stage === 'typeset' && mayGoUnsealed(document.kind, rendition.sealPlaces)
  const statesOf = (panel: DocumentPanel) => (isUnsealed ? (panel.unsealedStates ?? panel.states) : panel.states)
  return panels
    .filter((panel) => (statesOf(panel)?.includes(document.state) ?? true) && (panel.origins?.includes(document.origin) ?? true))
    .toSorted((a, b) => a.order - b.order)
}

/** Of a document's tabs the one of the office's next step: 用印 once its pages are laid out, then 分发; null where there is none. */
export function panelOfNextStep(placed: Placed): DocumentPanel | null {
  return panelsFor(placed).find((panel) => panel.nextIn?.includes(placed.document.state)) ?? null
}

interface Asked extends Placed {
  readonly abilities: Partial<Pick<Opened['abilities'], 'allocateNumber' | 'typeset'>>
  readonly duties: readonly Duty[]
}

/** The panel a document opens with: where its reader has something to do. Who numbers and typesets finds 登记, and once the pages
 * are laid out what comes next (用印, then 分发); who was sent a task the opinions, everybody else the elements. */
export function firstPanel(asked: Asked, taskId: string | null): string {
  const { abilities, document, duties } = asked
  if (abilities.allocateNumber?.allowed === true || (document.state === 'numbered' && abilities.typeset?.allowed === true)) return 'issue'
  if (document.state === 'typeset' && abilities.typeset?.allowed === true) return panelOfNextStep(asked)?.key ?? 'issue'
  const next = document.state === 'sealed' && duties.includes('registrar') ? panelOfNextStep(asked) : null
  return next?.key ?? (taskId === null ? 'elements' : 'opinions')
}

/** Whether the text may still change: its pages are then laid out from what is on screen. */
export function isOpenText({ document }: { readonly document: Pick<Opened['document'], 'state'> }): boolean {
  return document.state === 'draft' || document.state === 'in-review'
}

/** The modes offered: writing while the text is open, 定稿 once it is signed. */
export function modesFor(opened: Opened): readonly Mode[] {
  const isOpen = isOpenText(opened)
  return modes.filter((mode) => (mode === 'final' ? opened.versions.some((version) => version.frozen) && !isOpen : isOpen || (mode !== 'draft' && mode !== 'revise')))
}

/** Why a mode cannot be chosen: a string key, or null when it can. */
export function modeRefusal(opened: Opened, mode: Mode): string | null {
  if (mode === 'draft' && opened.right !== 'edit') return opened.right === 'suggest' ? 'documents.ui.mode.suggest-only' : (opened.abilities.edit?.because ?? 'documents.read-only')
  if (mode === 'revise' && opened.right === 'read') return opened.abilities.suggest?.because ?? 'documents.read-only'
  return null
}
