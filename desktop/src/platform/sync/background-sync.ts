/** What was typed offline goes up although nobody opens its document again, and pinned documents are fetched before they are needed. */
import { copyPrefix, documentOf, type JournalStore } from './journal-store.ts'
import type { SyncSession } from './session-types.ts'

/** A session made for the background, and how to end it. */
export interface BackgroundSession {
  readonly session: SyncSession
  close(): Promise<void>
}

/** What it works with. */
export interface BackgroundDeps {
  readonly store: JournalStore
  readonly personId: string
  readonly open: (documentId: string) => BackgroundSession
  readonly listPins: () => readonly string[]
  /** A page has this document open and takes care of it. */
  readonly isOpen: (documentId: string) => boolean
  /** False while nobody is signed in: nothing is asked then. */
  readonly mayAsk?: () => boolean
  /** Milliseconds; how long one document may take, and how often to look. */
  readonly figures?: Partial<BackgroundFigures>
}

/** Milliseconds. */
export interface BackgroundFigures {
  readonly patienceMs: number
  readonly everyMs: number
  readonly pinsEveryMs: number
}

/** A document that waits: `refused` when the server will not have what was typed, whatever is tried. */
export interface UnsentText {
  readonly documentId: string
  readonly unsaved: number
  readonly refused: boolean
}

/** The work in the background of one signed-in person. */
export interface BackgroundSync {
  /** Texts with edits no server has acknowledged, those open in a window excepted. */
  unsent(): readonly UnsentText[]
  onChange(listener: () => void): () => void
  /** Looks now. */
  look(): Promise<void>
  /** Resolves once nothing typed here into this document waits any more; false when that cannot be now. */
  upload(documentId: string): Promise<boolean>
  dispose(): void
}

const ordinary: BackgroundFigures = { patienceMs: 30_000, everyMs: 60_000, pinsEveryMs: 300_000 }

/** Starts looking. */
export function createBackgroundSync(deps: BackgroundDeps): BackgroundSync {
  const figures = { ...ordinary, ...deps.figures }
  const mayAsk = deps.mayAsk ?? (() => true)
  const refused = new Set<string>()
  const fetchedAt = new Map<string, number>()
  const listeners = new Set<() => void>()
  const running = new Map<string, Promise<boolean>>()
  let unsent: readonly UnsentText[] = []
  let isDisposed = false
  let looking: Promise<void> | null = null
  const timer = setInterval(() => void look(), figures.everyMs)
  const onOnline = (): void => void look()
  globalThis.addEventListener?.('online', onOnline)

  async function find(): Promise<void> {
    const waiting = await deps.store.listWaiting(copyPrefix(deps.personId)).catch(() => [])
    const found = waiting.map(({ name, unsaved }) => ({ documentId: documentOf(name), unsaved, refused: refused.has(documentOf(name)) })).filter(({ documentId }) => !deps.isOpen(documentId))
    if (JSON.stringify(found) === JSON.stringify(unsent)) return
    unsent = found
    for (const listener of [...listeners]) listener()
  }

  /** One document after the other: an office that comes back online as a whole must not come as a storm. */
  function look(): Promise<void> {
    looking ??= lookAtAll().finally(() => (looking = null))
    return looking
  }

  async function lookAtAll(): Promise<void> {
    await find()
    const due = deps.listPins().filter((id) => performance.now() - (fetchedAt.get(id) ?? -Infinity) >= figures.pinsEveryMs)
    for (const documentId of new Set([...unsent.filter((each) => !each.refused).map((each) => each.documentId), ...due])) {
      if (isDisposed || !mayAsk()) return
      if (!deps.isOpen(documentId)) await run(documentId)
    }
    await find()
  }

  function run(documentId: string): Promise<boolean> {
    const going = running.get(documentId)
    if (going !== undefined) return going
    const made = bring(documentId).finally(() => running.delete(documentId))
    running.set(documentId, made)
    return made
  }

  async function bring(documentId: string): Promise<boolean> {
    const { session, close } = deps.open(documentId)
    try {
      await session.whenLoaded
      const end = await outcomeOf(session, figures.patienceMs)
      if (end === 'done') {
        fetchedAt.set(documentId, performance.now())
        refused.delete(documentId)
      }
      if (end === 'refused') refused.add(documentId)
      return end === 'done'
    } finally {
      await close()
    }
  }

  void look()
  return {
    unsent: () => unsent,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    look,
    async upload(documentId) {
      const waiting = await deps.store.listWaiting(copyPrefix(deps.personId)).catch(() => [])
      if (!waiting.some(({ name }) => documentOf(name) === documentId)) return true
      // A page that has it open brings it up itself; until then this is asked again.
      return deps.isOpen(documentId) || !mayAsk() ? false : run(documentId)
    },
    dispose() {
      isDisposed = true
      clearInterval(timer)
      globalThis.removeEventListener?.('online', onOnline)
      listeners.clear()
    },
  }
}

/** `done`: complete and nothing of ours waits. `later`: no network, no session. */
function outcomeOf(session: SyncSession, patienceMs: number): Promise<'done' | 'refused' | 'later'> {
  return new Promise((resolve) => {
    const end = (outcome: 'done' | 'refused' | 'later'): void => {
      clearTimeout(timer)
      stop()
      resolve(outcome)
    }
    const judge = (): void => {
      const { kind } = session.state()
      if (kind === 'saved') void session.whenSynced.then(() => session.hasUnsaved() || end('done'))
      else if (kind === 'read-only') void session.whenSynced.then(() => end(session.hasUnsaved() ? 'refused' : 'done'))
      else if (kind === 'refused') end('refused')
      else if (kind === 'sign-in-needed' || kind === 'offline') end('later')
    }
    const timer = setTimeout(() => end('later'), patienceMs)
    const stop = session.onChange(judge)
    judge()
  })
}
