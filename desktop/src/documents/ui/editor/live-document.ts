/** The live text of one document in this window: shared state, presence, and the session that keeps it saved. */
import { documentsContract, type DocumentId, ydocVersion } from '@xiewen/shared/documents'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { bridge } from '../../../platform/bridge/index.ts'
import { call, OfflineError, RefusalError } from '../../../platform/http/index.ts'
import { createSyncSession, guardLeaving, type SyncSession, type TicketAnswer } from '../../../platform/sync/index.ts'

/** A document open in this window. */
export interface LiveDocument {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly session: SyncSession
  /** What to do before a colleague's edit comes in. */
  readonly beforeRemote: Set<() => void>
  close(): void
}

/** Opens the live text. Typing goes on without a network; the local copy belongs to document and person. */
export function openLiveDocument(documentId: DocumentId, personId: string): LiveDocument {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
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
    indexedDbName: `xiewen-${documentId}-${personId}`,
    getTicket: () => askTicket(documentId),
  })
  const unguard = guardLeaving(() => session.hasUnsaved())
  return {
    doc,
    awareness,
    session,
    beforeRemote,
    close: () => {
      unguard()
      awareness.destroy()
      void session.dispose().then(() => doc.destroy())
    },
  }
}

async function askTicket(documentId: DocumentId): Promise<TicketAnswer> {
  try {
    // `bare`: a text in the background must not open the sign-in sheet by itself; the save state says what is needed.
    const { ticket } = await call(documentsContract.ticket, { documentId }, { bare: true })
    return { kind: 'ticket', ticket }
  } catch (error) {
    if (error instanceof OfflineError || !(error instanceof RefusalError)) throw error
    if (error.status === 401) return { kind: 'sign-in-needed' }
    return error.status < 500 && error.status !== 429 ? { kind: 'refused', reason: error.status === 404 ? 'no-document' : 'no-right' } : Promise.reject(error)
  }
}

/** Waits until everything typed is on the server's disk.
 *
 * @returns false when that did not happen within `limitMs`, or cannot
 */
export function settleText(session: SyncSession, limitMs = 10_000): Promise<boolean> {
  const isSettled = (): boolean => !session.hasUnsaved() && (session.state().kind === 'saved' || session.state().kind === 'read-only')
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
