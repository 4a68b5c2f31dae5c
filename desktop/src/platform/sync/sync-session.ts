/** Keeps one Y.Doc in step with the server: sends edits, counts acknowledgements, survives cuts, tells the truth about it. */
import * as Y from 'yjs'
import { nextDelayMs } from './backoff.ts'
import { type Journal, openIndexedDbJournal } from './journal.ts'
import {
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  parseServerMessage,
  type ServerMessage,
  type SessionRights,
} from './messages.ts'
import { createPresenceLink, type PresenceLink } from './presence-link.ts'
import { createSaveLedger } from './save-ledger.ts'
import {
  defaultFigures,
  type SyncFigures,
  type SyncSession,
  type SyncSessionOptions,
  type TicketAnswer,
} from './session-types.ts'
import { readCloseCode, type RefusalReason, type SyncState } from './sync-state.ts'

type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string }

/** Starts a session and keeps it running until `dispose`. */
export function createSyncSession(options: SyncSessionOptions): SyncSession {
  const { doc } = options
  const figures: SyncFigures = { ...defaultFigures, ...options.figures }
  const random = options.random ?? Math.random
  const journal =
    options.journal ?? (options.indexedDbName === undefined ? null : openIndexedDbJournal(options.indexedDbName, doc))
  const listeners = new Set<(state: SyncState) => void>()
  // Updates applied from the network carry this origin; everything else but the journal's is an edit of this person.
  const origin = { name: 'sync-session' }
  const presence: PresenceLink = createPresenceLink({
    awareness: options.awareness,
    windowMs: figures.presenceMs,
    origin,
    send,
  })
  let ledger = createSaveLedger()
  let phase: Phase = { kind: 'starting' }
  let socket: WebSocket | null = null
  /** The server has said what it has; edits may follow the step 2 that answered it. */
  let isGreeted = false
  let rights: SessionRights | 'unknown' = 'unknown'
  let seq = 0
  let failures = 0
  let attempt = 0
  let maxFrameBytes = 1 << 20
  let refusedDetail = ''
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  let ackTimer: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false
  let remembered = -1
  let shown = ''
  let markSynced: () => void = () => {}
  const whenSynced = new Promise<void>((resolve) => {
    markSynced = resolve
  })

  const onUpdate = (update: Uint8Array, from: unknown): void => {
    if (from === origin || (journal !== null && from === journal.origin)) return
    ledger.edited()
    if (isGreeted && rights !== 'read') sendSync(encodeUpdate(update))
    changed()
  }
  const onOnline = (): void => reconnect()
  // A line that has lost its network would stay open in silence for half a minute; what is typed meanwhile is not saved.
  const onOffline = (): void => drop()
  const whenLoaded = load()

  async function load(): Promise<void> {
    // Listening begins before the journal is read: whatever is typed meanwhile counts.
    doc.on('update', onUpdate)
    if (journal !== null) await readJournal(journal)
    if (isDisposed) return
    if (typeof globalThis.addEventListener === 'function') {
      globalThis.addEventListener('online', onOnline)
      globalThis.addEventListener('offline', onOffline)
    }
    connect()
  }

  async function readJournal(from: Journal): Promise<void> {
    try {
      const before = await from.whenLoaded
      const typed = ledger.pending()
      ledger = createSaveLedger(before + typed)
    } catch {
      // No storage (private window, full disk): the session works, but only in memory. `hasUnsaved` guards the window.
      remembered = Number.NaN
    }
  }

  function connect(): void {
    if (isDisposed || socket !== null) return
    clearTimeout(retryTimer)
    attempt += 1
    const own = attempt
    const isCurrent = (): boolean => own === attempt && !isDisposed && socket === null
    const giveUp = (): void => {
      attempt += 1
      retry()
    }
    const timer = setTimeout(() => isCurrent() && giveUp(), figures.ticketMs)
    options.getTicket().then(
      (answer) => {
        clearTimeout(timer)
        if (isCurrent()) admit(answer)
      },
      () => {
        clearTimeout(timer)
        if (isCurrent()) giveUp()
      },
    )
  }

  function admit(answer: TicketAnswer): void {
    switch (answer.kind) {
      case 'ticket':
        return openSocket(answer.ticket)
      case 'sign-in-needed':
        return enter({ kind: 'sign-in-needed' })
      case 'refused':
        return enter({ kind: 'refused', reason: answer.reason, detail: '' })
    }
  }

  function openSocket(ticket: string): void {
    const query = new URLSearchParams({ x: '1', ticket })
    if (options.schemaVersion !== undefined) query.set('v', String(options.schemaVersion))
    const WebSocketClass = options.WebSocketClass ?? WebSocket
    const opened = new WebSocketClass(`${options.serverUrl ?? pageServerUrl()}/sync/${options.documentId}?${query}`)
    opened.binaryType = 'arraybuffer'
    socket = opened
    watchSilence()
    opened.onopen = () => {
      if (socket === opened) greet()
    }
    opened.onmessage = (event: MessageEvent<unknown>) => {
      if (socket === opened && event.data instanceof ArrayBuffer) receive(new Uint8Array(event.data))
    }
    opened.onerror = () => {}
    opened.onclose = (event) => {
      if (socket === opened) closed(event.code, event.reason)
    }
  }

  function greet(): void {
    ledger.connected()
    refusedDetail = ''
    enter({ kind: 'connected' })
    send(encodeStep1(Y.encodeStateVector(doc)))
    presence.announce()
  }

  function receive(bytes: Uint8Array): void {
    watchSilence()
    let message: ServerMessage
    try {
      message = parseServerMessage(bytes)
    } catch {
      return drop()
    }
    apply(message)
    changed()
  }

  function apply(message: ServerMessage): void {
    switch (message.kind) {
      case 'hello':
        rights = message.rights
        seq = message.seq
        maxFrameBytes = message.maxFrameBytes
        return
      case 'step1':
        isGreeted = true
        return sendSync(encodeStep2(Y.encodeStateAsUpdate(doc, message.stateVector)))
      case 'step2':
      case 'update':
        options.beforeRemote?.()
        Y.applyUpdate(doc, message.update, origin)
        if (message.kind === 'step2') synced()
        return
      case 'awareness':
        return presence.receive(message.update)
      case 'ack':
        seq = Math.max(seq, message.seq)
        ledger.acknowledged(message.frame)
        return watchAcks()
      case 'rights':
        rights = message.rights
        if (rights === 'read') isGreeted = false
        return
      case 'refused':
        refusedDetail = message.reason
        return
      case 'other':
        return
    }
  }

  function synced(): void {
    failures = 0
    markSynced()
  }

  function sendSync(message: Uint8Array<ArrayBuffer>): void {
    if (message.length > maxFrameBytes) return refuseLocally()
    ledger.sent()
    send(message)
    watchAcks()
  }

  /** The server would close the line for it each time; the work stays in the local copy. */
  function refuseLocally(): void {
    endSocket()
    enter({ kind: 'refused', reason: 'too-large', detail: '' })
  }

  function send(message: Uint8Array<ArrayBuffer>): void {
    if (socket !== null && socket.readyState === 1) socket.send(message)
  }

  function watchSilence(): void {
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(drop, figures.silenceMs)
  }

  function watchAcks(): void {
    clearTimeout(ackTimer)
    if (!ledger.isSettled() && rights !== 'read') ackTimer = setTimeout(drop, figures.ackMs)
  }

  /** Gives the line up without waiting for the other side. */
  function drop(): void {
    if (socket !== null) closed(1006, '')
  }

  function closed(code: number, reason: string): void {
    endSocket()
    const meaning = readCloseCode(code)
    if (meaning.kind === 'retry') return retry()
    if (meaning.kind === 'sign-in-needed') return enter(meaning)
    enter({ kind: 'refused', reason: meaning.reason, detail: refusedDetail || reason })
  }

  function endSocket(): void {
    clearTimeout(silenceTimer)
    clearTimeout(ackTimer)
    const ended = socket
    socket = null
    isGreeted = false
    presence.forgetOthers()
    if (ended === null) return
    ended.onopen = null
    ended.onmessage = null
    ended.onclose = null
    ended.close()
  }

  function retry(): void {
    if (isDisposed) return
    clearTimeout(retryTimer)
    enter({ kind: 'waiting' })
    retryTimer = setTimeout(connect, nextDelayMs(failures, random(), figures))
    failures += 1
  }

  function reconnect(): void {
    if (isDisposed || socket !== null) return
    failures = 0
    if (phase.kind !== 'starting') enter({ kind: 'waiting' })
    connect()
  }

  function enter(next: Phase): void {
    phase = next
    changed()
  }

  function state(): SyncState {
    const pending = ledger.pending()
    switch (phase.kind) {
      case 'refused':
        return { ...phase, pending }
      case 'sign-in-needed':
        return { kind: 'sign-in-needed', pending }
      case 'waiting':
        return { kind: 'offline', pending }
      case 'starting':
        return { kind: 'saving', pending }
      case 'connected':
        if (rights === 'read') return { kind: 'read-only', pending }
        return pending === 0 && ledger.isSettled() ? { kind: 'saved', seq } : { kind: 'saving', pending }
    }
  }

  function changed(): void {
    const now = state()
    const pending = ledger.pending()
    if (pending !== remembered && !Number.isNaN(remembered)) {
      remembered = pending
      journal?.remember(pending)
    }
    const text = JSON.stringify(now)
    if (text === shown) return
    shown = text
    for (const listener of [...listeners]) listener(now)
  }

  return {
    state,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hasUnsaved: () => ledger.pending() > 0,
    whenLoaded,
    whenSynced,
    rights: () => rights,
    reconnect,
    async dispose({ erase = false } = {}) {
      isDisposed = true
      clearTimeout(retryTimer)
      doc.off('update', onUpdate)
      if (typeof globalThis.removeEventListener === 'function') {
        globalThis.removeEventListener('online', onOnline)
        globalThis.removeEventListener('offline', onOffline)
      }
      presence.dispose()
      endSocket()
      listeners.clear()
      await (erase ? journal?.erase() : journal?.close())
    },
  }
}

function pageServerUrl(): string {
  const { protocol, host } = globalThis.location
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
}
