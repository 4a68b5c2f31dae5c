/** Editors for convergence runs: our own session, and an unmodified y-websocket provider. */
import { WebsocketProvider } from 'y-websocket'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createLineChoice, createSyncSession, type SyncSession } from '../../desktop/src/platform/sync/index.ts'
import type { Harness } from '../../server/src/platform/realtime/twins/harness.ts'
import { syncMessage } from '../../server/src/platform/realtime/twins/raw-client.ts'
import type { LossyLine } from './lossy-line.ts'

/** One editor of the shared document. */
export interface Editor {
  readonly name: string
  readonly doc: Y.Doc
  readonly line: LossyLine
  /** Says everything again, as a confused client would. */
  repeat(): void
  isSettled(): boolean
  dispose(): Promise<void>
}

/** Figures that keep a run short. */
export const quickFigures = {
  firstMs: 5,
  longestMs: 40,
  firstMessageMs: 1000,
  silenceMs: 2000,
  ackMs: 1500,
  presenceMs: 20,
  ticketMs: 1000,
} as const

/** What editors need of a server. */
export type EditorsServer = Pick<Harness, 'ticket' | 'WebSocket'>

/** Starts our own session. */
export function aSession(
  harness: EditorsServer,
  documentId: string,
  personId: string,
  line: LossyLine,
  random: () => number,
): Editor & { readonly session: SyncSession } {
  const doc = new Y.Doc()
  const session = createSyncSession({
    documentId,
    doc,
    awareness: new Awareness(doc),
    getTicket: async () => ({ kind: 'ticket', ticket: harness.ticket(documentId, personId) }),
    serverUrl: line.url,
    WebSocketClass: harness.WebSocket,
    lines: createLineChoice(),
    random,
    figures: quickFigures,
  })
  return {
    name: personId,
    doc,
    line,
    session,
    repeat: () => session.reconnect(),
    isSettled: () => session.state().kind === 'saved',
    dispose: () => session.dispose(),
  }
}

/** Starts an unmodified provider; only its ticket is renewed for each connection. It runs over whatever looks like a WebSocket. */
export function aStockProvider(
  harness: EditorsServer,
  documentId: string,
  personId: string,
  line: LossyLine,
  WebSocketPolyfill = harness.WebSocket,
): Editor {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${line.url}/sync`, documentId, doc, {
    WebSocketPolyfill,
    params: { ticket: harness.ticket(documentId, personId) },
    disableBc: true,
    maxBackoffTime: 60,
  })
  provider.on('connection-close', () => {
    provider.params = { ticket: harness.ticket(documentId, personId) }
  })
  return {
    name: personId,
    doc,
    line,
    repeat() {
      if (provider.ws?.readyState === 1) provider.ws.send(Uint8Array.from(syncMessage(1, Y.encodeStateAsUpdate(doc))))
    },
    isSettled: () => provider.synced,
    async dispose() {
      provider.destroy()
    },
  }
}
