/** Keeps one Y.Doc in step with the server: sends edits, counts acknowledgements, survives cuts, tells the truth about it. */
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { nextDelayMs } from './backoff.ts'
import { createLineChoice, type LineKind } from './line-choice.ts'
import { encodeStep1, encodeStep2, encodeUpdate, parseServerMessage, type ServerMessage, type SessionRights } from './messages.ts'
import { createPresenceLink, type PresenceLink } from './presence-link.ts'
import { createRemoteInbox } from './remote-inbox.ts'
import { createSaveLedger } from './save-ledger.ts'
import { openSessionLine, type SessionLine } from './session-line.ts'
import { defaultFigures, type SyncFigures, type SyncSession, type SyncSessionOptions, type TicketAnswer } from './session-types.ts'
import { type OfflineCause, readCloseCode, type RefusalReason, type SyncState } from './sync-state.ts'
import { createTabLink } from './tab-link.ts'

type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'waiting'; readonly why: OfflineCause }
  | { readonly kind: 'connected' }
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string }

/** What is known of the network, for all sessions of this page that are not given something else. */
const pageLines = createLineChoice()

/** Starts a session and keeps it running until `dispose`. */
export function createSyncSession(options: SyncSessionOptions): SyncSession {
  const { doc, awareness } = options
  const figures: SyncFigures = { ...defaultFigures, ...options.figures }
  const random = options.random ?? Math.random
  const lines = options.lines ?? pageLines
  const httpBase = options.httpUrl === undefined ? (hasPage() ? '' : null) : options.httpUrl
  const journal = options.journal ?? null
  const listeners = new Set<(state: SyncState) => void>()
  // Updates applied from the network carry this origin; everything else but the journal's is an edit of this person.
  const origin = { name: 'sync-session' }
  const remote = createRemoteInbox({ doc, origin, ...(options.beforeRemote ? { before: options.beforeRemote } : {}) })
  const presence: PresenceLink = createPresenceLink({ awareness, windowMs: figures.presenceMs, origin, send })
  let ledger = createSaveLedger()
  let phase: Phase = { kind: 'starting' }
  let line: SessionLine | null = null
  /** The server has said what it has; edits may follow the step 2 that answered it. */
  let isGreeted = false
  let rights: SessionRights | 'unknown' = 'unknown'
  let seq = 0
  let failures = 0
  let attempt = 0
  let maxFrameBytes = 1 << 20
  /** Something waits that no WebSocket message can hold; over HTTPS it goes up in pieces. */
  let needsHttp = false
  let refusedDetail = ''
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let ackTimer: ReturnType<typeof setTimeout> | undefined
  let probeTimer: ReturnType<typeof setTimeout> | undefined
  let isDisposed = false
  let remembered = -1
  let shown = ''
  let markSynced: () => void = () => {}
  const whenSynced = new Promise<void>((resolve) => {
    markSynced = resolve
  })
  const onKeptChange = journal?.onKeptChange(() => changed())

  const onUpdate = (update: Uint8Array, from: unknown): void => {
    if (from === origin || (journal !== null && from === journal.origin)) return
    ledger.edited()
    remote.typed()
    if (tabs !== null && from !== tabs.origin) tabs.edited(update)
    if (isGreeted && rights !== 'read') sendSync(encodeUpdate(update))
    changed()
  }
  const onOnline = (): void => reconnect()
  // A line that has lost its network would stay open in silence for half a minute; what is typed meanwhile is not saved.
  const onOffline = (): void => line?.drop()
  // Listening begins before the journal is read: whatever is typed meanwhile counts.
  doc.on('update', onUpdate)
  let tabs: ReturnType<typeof createTabLink> | null = null
  const whenLoaded = load()

  async function load(): Promise<void> {
    if (journal !== null) await readJournal(journal.whenLoaded)
    if (isDisposed) return
    if (options.tabs !== undefined) tabs = createTabLink({ channel: options.tabs, doc, shown: presence.show })
    globalThis.addEventListener?.('online', onOnline)
    globalThis.addEventListener?.('offline', onOffline)
    connect()
  }

  async function readJournal(whenRead: Promise<number>): Promise<void> {
    try {
      const before = await whenRead
      ledger = createSaveLedger(before + ledger.pending())
    } catch {
      // No storage (private window, full disk): the session works, but only in memory. The journal says so by `isKept`.
    }
  }

  function connect(): void {
    if (isDisposed || line !== null) return
    clearTimeout(retryTimer)
    attempt += 1
    const own = attempt
    const isCurrent = (): boolean => own === attempt && !isDisposed && line === null
    askTicket().then((answer) => {
      if (isCurrent()) admit(answer)
    })
  }

  /** Never rejects: no answer in time, and no answer at all, are `unreachable`. */
  function askTicket(): Promise<TicketAnswer | { readonly kind: 'unreachable' }> {
    return new Promise((resolve) => {
      const giveUp = (): void => resolve({ kind: 'unreachable' })
      const timer = setTimeout(giveUp, figures.ticketMs)
      options.getTicket().then(resolve, giveUp).finally(() => clearTimeout(timer))
    })
  }

  function admit(answer: TicketAnswer | { readonly kind: 'unreachable' }): void {
    switch (answer.kind) {
      case 'ticket':
        return open(answer.ticket)
      case 'sign-in-needed':
        return enter({ kind: 'sign-in-needed' })
      case 'refused':
        return enter({ kind: 'refused', reason: answer.reason, detail: '' })
      case 'server-trouble':
      case 'unreachable':
        return retry(answer.kind)
    }
  }

  function lineTo(kind: LineKind, ticket: string, ear: Parameters<typeof openSessionLine>[1]): SessionLine {
    const query = new URLSearchParams({ x: '1', ticket })
    if (options.schemaVersion !== undefined) query.set('v', String(options.schemaVersion))
    return openSessionLine(
      {
        kind,
        path: `/sync/${options.documentId}?${query}`,
        socketBase: options.serverUrl ?? pageServerUrl(),
        httpBase: httpBase ?? '',
        WebSocketClass: options.WebSocketClass ?? WebSocket,
        fetchIt: options.fetchIt,
        firstMessageMs: figures.firstMessageMs,
        silenceMs: figures.silenceMs,
      },
      ear,
    )
  }

  function open(ticket: string): void {
    const kind = httpBase === null ? 'websocket' : needsHttp ? 'http' : lines.kind()
    const opened = lineTo(kind, ticket, {
      opened: () => line === opened && greet(),
      message: (bytes) => line === opened && receive(bytes),
      closed: ({ code, reason, heard }) => {
        if (line !== opened) return
        if (!heard && code === 1006) lines.failed(kind)
        closed(code, reason)
      },
    })
    line = opened
  }

  function greet(): void {
    ledger.connected()
    refusedDetail = ''
    enter({ kind: 'connected' })
    send(encodeStep1(Y.encodeStateVector(doc)))
    planProbe()
  }

  /** While messages travel over HTTP, WebSocket is tried beside it now and then; when it works, the session moves over. */
  function planProbe(): void {
    clearTimeout(probeTimer)
    if (line?.kind === 'http' && !isDisposed) probeTimer = setTimeout(probe, lines.probeDelayMs())
  }

  function probe(): void {
    const beside = line
    if (beside?.kind !== 'http' || (needsHttp && !ledger.isSettled())) return planProbe()
    const end = (worked: boolean): void => {
      lines.probed(worked)
      if (line !== beside) return
      if (!worked) return planProbe()
      needsHttp = false
      endLine()
      connect()
    }
    askTicket().then((answer) => {
      if (line !== beside) return
      if (answer.kind !== 'ticket') return planProbe()
      const trial = lineTo('websocket', answer.ticket, {
        opened: () => {},
        message: () => {
          trial.end()
          end(true)
        },
        closed: () => end(false),
      })
    })
  }

  function receive(bytes: Uint8Array): void {
    let message: ServerMessage
    try {
      message = parseServerMessage(bytes)
    } catch {
      return line?.drop()
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
        if (line !== null && !needsHttp) lines.heard(line.kind)
        if (message.client !== null) adoptClient(doc, awareness, message.client)
        return presence.announce()
      case 'step1':
        isGreeted = true
        return sendSync(encodeStep2(Y.encodeStateAsUpdate(doc, message.stateVector)))
      case 'step2':
      case 'update':
        remote.add(message.update)
        if (message.kind === 'step2') synced()
        return
      case 'awareness':
        return presence.receive(message.update)
      case 'ack':
        seq = Math.max(seq, message.seq)
        ledger.acknowledged(message.frame)
        if (ledger.isSettled() && ledger.pending() === 0) settled()
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
    remote.flush()
    failures = 0
    markSynced()
  }

  let wasSettled = false
  function settled(): void {
    if (!wasSettled) journal?.settled()
    wasSettled = true
  }

  function sendSync(message: Uint8Array<ArrayBuffer>): void {
    if (message.length > maxFrameBytes) return sendElsewhere()
    ledger.sent()
    send(message)
    watchAcks()
  }

  /** Too large for this line. The server would close it each time; the work stays in the local copy. */
  function sendElsewhere(): void {
    const isOverHttp = line?.kind === 'http'
    endLine()
    if (isOverHttp || httpBase === null) return enter({ kind: 'refused', reason: 'too-large', detail: '' })
    needsHttp = true
    connect()
  }

  function send(message: Uint8Array<ArrayBuffer>): void {
    line?.send(message)
  }

  function watchAcks(): void {
    clearTimeout(ackTimer)
    if (!ledger.isSettled() && rights !== 'read') ackTimer = setTimeout(() => line?.drop(), figures.ackMs)
  }

  function closed(code: number, reason: string): void {
    endLine()
    const meaning = readCloseCode(code)
    if (meaning.kind === 'retry') return retry(meaning.why)
    if (meaning.kind === 'sign-in-needed') return enter(meaning)
    enter({ kind: 'refused', reason: meaning.reason, detail: refusedDetail || reason })
  }

  function endLine(): void {
    clearTimeout(ackTimer)
    clearTimeout(probeTimer)
    const ended = line
    line = null
    isGreeted = false
    remote.flush()
    presence.forgetOthers()
    ended?.end()
  }

  function retry(why: OfflineCause): void {
    if (isDisposed) return
    clearTimeout(retryTimer)
    enter({ kind: 'waiting', why })
    retryTimer = setTimeout(connect, nextDelayMs(failures, random(), figures))
    failures += 1
  }

  function reconnect(): void {
    if (isDisposed || line !== null) return
    failures = 0
    if (phase.kind !== 'starting') enter({ kind: 'waiting', why: 'unreachable' })
    connect()
  }

  function enter(next: Phase): void {
    phase = next
    changed()
  }

  function state(): SyncState {
    const pending = ledger.pending()
    const isKept = journal !== null && journal.isKept()
    switch (phase.kind) {
      case 'refused':
        return { ...phase, pending, isKept }
      case 'sign-in-needed':
        return { kind: 'sign-in-needed', pending, isKept }
      case 'waiting':
        return { kind: 'offline', pending, why: phase.why, isKept }
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
    if (pending !== remembered) {
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
    line: () => line?.kind ?? null,
    claimPresence: () => tabs?.claim(),
    reconnect,
    async dispose({ erase = false } = {}) {
      isDisposed = true
      clearTimeout(retryTimer)
      doc.off('update', onUpdate)
      globalThis.removeEventListener?.('online', onOnline)
      globalThis.removeEventListener?.('offline', onOffline)
      tabs?.dispose()
      presence.dispose()
      endLine()
      onKeptChange?.()
      listeners.clear()
      await (erase ? journal?.erase() : journal?.close())
    },
  }
}

/** Takes the client id the server has issued to this session, so that nobody else can write under it; only while nothing has been
 * written here under the old one. */
function adoptClient(doc: Y.Doc, awareness: Awareness, client: number): void {
  if (doc.store.clients.has(doc.clientID) || doc.store.pendingStructs !== null) return
  const state = awareness.getLocalState()
  awareness.setLocalState(null)
  doc.clientID = client
  awareness.clientID = client
  awareness.setLocalState(state)
}

function hasPage(): boolean {
  return typeof globalThis.location === 'object' && typeof globalThis.document === 'object'
}

function pageServerUrl(): string {
  const { protocol, host } = globalThis.location
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
}
