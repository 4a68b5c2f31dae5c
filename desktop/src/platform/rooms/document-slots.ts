/** Places on the document page that other rooms fill: panels on the right (意见、流程、用印 …) and bars at the bottom. The
 * documents room shows them and knows nothing about what is inside. */
import { type ComponentType, useSyncExternalStore } from 'react'

/** What a panel or a bar is told about the document on screen. */
export interface DocumentSlotProps {
  readonly documentId: string
  readonly title: string
  /** One of the documents room's states: draft, in-review, signed, numbered, typeset, sealed, issued, incoming. */
  readonly state: string
  /** Where it came from: draft, incoming, minutes. */
  readonly origin: string
  /** The task the page was opened for (`?task=`), or null. */
  readonly taskId: string | null
  /** Saves what was typed and waits until the server has acknowledged it; false when it could not. Call it before acting. */
  readonly settle: () => Promise<boolean>
  /** Problems of severity "error" the checker sees in the text now. */
  readonly errorCount: number
  /** Shows another tab of the right panel, e.g. `check`. */
  readonly showPanel: (key: string) => void
  /** Asks the server for the document again after an act. */
  readonly reload: () => void
}

/** One tab of the right panel. */
export interface DocumentPanel {
  /** Stable and unique, e.g. `opinions`. */
  readonly key: string
  readonly labelKey: string
  /** Place among the tabs: 要素 10, 检查 20, 修订 30, 意见 40, 流程 50, 用印 60, 收发 70. */
  readonly order: number
  /** Shown only in these states; in every state when absent. */
  readonly states?: readonly string[]
  /** In place of `states` for a document that nobody seals (纪要, what a meeting adopted). */
  readonly unsealedStates?: readonly string[]
  /** Shown only for documents of these origins; for all when absent. */
  readonly origins?: readonly string[]
  /** In these states the office's next step is taken here; the page opens with it for whoever takes the step. */
  readonly nextIn?: readonly string[]
  readonly load: () => Promise<{ readonly Component: ComponentType<DocumentSlotProps> }>
}

/** A fixed bar below the text, e.g. the decision bar of the workflow. */
export interface DocumentBar {
  readonly key: string
  readonly order: number
  readonly states?: readonly string[]
  readonly load: () => Promise<{ readonly Component: ComponentType<DocumentSlotProps> }>
}

/** Everything registered so far, in order. */
export interface DocumentSlots {
  readonly panels: readonly DocumentPanel[]
  readonly bars: readonly DocumentBar[]
}

let slots: DocumentSlots = { panels: [], bars: [] }
const listeners = new Set<() => void>()

/** Adds a tab to the right panel of every document page. Registering a key again replaces it. Call it at module level of the
 * room's `index.ui.ts`. */
export function registerDocumentPanel(panel: DocumentPanel): void {
  slots = { ...slots, panels: replaceIn(slots.panels, panel) }
  tell()
}

/** Adds a bar below the text of every document page. */
export function registerDocumentBar(bar: DocumentBar): void {
  slots = { ...slots, bars: replaceIn(slots.bars, bar) }
  tell()
}

/** What is registered now. */
export function documentSlots(): DocumentSlots {
  return slots
}

/** What is registered now; the view renders again when a room adds something. */
export function useDocumentSlots(): DocumentSlots {
  return useSyncExternalStore(subscribe, documentSlots, documentSlots)
}

function replaceIn<T extends { readonly key: string; readonly order: number }>(list: readonly T[], item: T): readonly T[] {
  return [...list.filter((each) => each.key !== item.key), item].sort((a, b) => a.order - b.order)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}
