/** The live text of one document in this window: shared state, presence, and the session that keeps it saved. */
import { documentsContract, type DocumentId, ydocVersion } from '@xiewen/shared/documents'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { bridge } from '../../../platform/bridge/index.ts'
import { call, OfflineError, onSignedIn, RefusalError, ServerFaultError } from '../../../platform/http/index.ts'
import { copyName, createSyncSession, guardLeaving, openJournal, type SyncSession, type TicketAnswer } from '../../../platform/sync/index.ts'
import { askToKeep, pageStore } from '../../../platform/sync/page-store.ts'

/** A document open in this window. */
export interface LiveDocument {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly session: SyncSession
  /** What to do before a colleague's edit comes in. */
  readonly beforeRemote: Set<() => void>
  /** Resolves when the local copy is written and closed. */
  close(): Promise<void>
}

/** Opens the live text. Typing goes on without a network; the local copy belongs to document and person.
 *
 * @param place `page`: somebody looks at it, is shown to others and is warned before leaving unsaved work; `background`: nobody does
 */
export function openLiveDocument(documentId: DocumentId, personId: string, place: 'page' | 'background' = 'page'): LiveDocument {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  if (place === 'background') awareness.setLocalState(null)
  const beforeRemote = new Set<() => void>()
  const session = createSyncSession({
    beforeRemote: () => {
      for (const act of beforeRemote) act()
    },
    documentId,
    doc,
    awareness,
    schemaVersion: ydocVersion,
    // In the desktop client the page comes from the computer itself, the text from the office's server.
    serverUrl: bridge().serverOrigin.replace(/^http/, 'ws'),
    journal: openJournal(pageStore().open(copyName(personId, documentId)), doc),
    ...(place === 'page' && typeof BroadcastChannel === 'function' ? { tabs: new BroadcastChannel(`xiewen-text-${personId}-${documentId}`) } : {}),
    getTicket: () => askTicket(documentId),
  })
  const release = place === 'page' ? watchWindow(session) : () => {}
  return {
    doc,
    awareness,
    session,
    beforeRemote,
    close: async () => {
      release()
      awareness.destroy()
      await session.dispose()
      doc.destroy()
    },
  }
}

/** The guard before leaving; the claim to show the person in whichever window they work; the request to keep what waits. */
function watchWindow(session: SyncSession): () => void {
  const unguard = guardLeaving(() => session.hasUnsaved())
  const claim = (): void => {
    if (document.hasFocus()) session.claimPresence()
  }
  window.addEventListener('focus', claim)
  const unwatch = onSignedIn(() => session.state().kind === 'sign-in-needed' && session.reconnect())
  void session.whenLoaded.then(claim)
  const stop = session.onChange((state) => {
    if (state.kind !== 'offline' || state.pending === 0) return
    askToKeep()
    stop()
  })
  return () => {
    unguard()
    unwatch()
    stop()
    window.removeEventListener('focus', claim)
  }
}

async function askTicket(documentId: DocumentId): Promise<TicketAnswer> {
  try {
    // `bare`: a text in the background must not open the sign-in sheet by itself; the save state says what is needed.
    const { ticket } = await call(documentsContract.ticket, { documentId }, { bare: true })
    return { kind: 'ticket', ticket }
  } catch (error) {
    if (error instanceof ServerFaultError) return { kind: 'server-trouble' }
    if (error instanceof OfflineError || !(error instanceof RefusalError)) throw error
    if (error.status === 401) return { kind: 'sign-in-needed' }
    if (error.status >= 500 || error.status === 429) return { kind: 'server-trouble' }
    return { kind: 'refused', reason: error.status === 404 ? 'no-document' : 'no-right' }
  }
}

/** Waits until everything typed is on the server's disk.
 *
 * @returns false when that did not happen within `limitMs`, or cannot
 */
export function settleText(session: SyncSession, limitMs = 10_000): Promise<boolean> {
  // A line that is gone takes nothing away: what is on screen is what the server has.
  const isSettled = (): boolean => !session.hasUnsaved() && ['saved', 'read-only', 'offline'].includes(session.state().kind)
  if (isSettled()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const end = (outcome: boolean): void => {
      clearTimeout(timer)
      stop()
      resolve(outcome)
    }
    const timer = setTimeout(() => end(false), limitMs)
    const stop = session.onChange((state) => {
      if (isSettled()) end(true)
      else if (state.kind === 'refused' || state.kind === 'sign-in-needed') end(false)
    })
  })
}
