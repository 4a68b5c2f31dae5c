/** Holds revisers (修订) to revising: their updates are tried out in a thread with a deadline before they are stored. */
import { Worker } from 'node:worker_threads'
import { Fault } from '../platform/log/fault.ts'
import type { InspectionContext, Inspector, Verdict } from '../platform/realtime/ports.ts'
import { createRevisionTrial, type TrialAnswer, type TrialRequest } from './revision-trial.ts'

/** An inspector that can be stopped. */
export interface RevisionInspector extends Inspector {
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (verdict: Verdict) => void
  readonly reject: (cause: Fault) => void
}

/** Where trials run. */
interface Bench {
  ask(request: TrialRequest): void
  close(): Promise<void>
}

const trialDeadlineMs = 5_000
const refused: Verdict = { kind: 'refuse', reason: 'not-a-revision' }

/** Makes the inspector. Documents that nobody revises cost nothing. */
export function createRevisionInspector(): RevisionInspector {
  /** Documents of which the thread has a copy. */
  const copied = new Set<string>()
  const waiting = new Map<number, Waiting>()
  let bench: Bench | null = null
  let lastId = 0

  function hear(answer: TrialAnswer): void {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('failed' in answer) asked?.reject(new Fault(`a revision could not be tried: ${answer.failed}`))
    else asked?.resolve(answer.isRevision ? { kind: 'accept' } : refused)
  }

  function abandon(cause: Fault): void {
    const dead = bench
    bench = null
    copied.clear()
    for (const { reject } of waiting.values()) reject(cause)
    waiting.clear()
    void dead?.close()
  }

  function ask(request: TrialRequest): void {
    bench ??= import.meta.url.endsWith('.ts') ? ownThread(hear) : workerThread(hear, (cause) => abandon(new Fault('the trial of revisions failed', { cause })))
    bench.ask(request)
  }

  function attempt(update: Uint8Array, context: InspectionContext): Promise<Verdict> {
    const { documentId, personId } = context.grant
    if (!copied.has(documentId)) {
      copied.add(documentId)
      ask({ kind: 'open', documentId, updates: context.state() })
    }
    const id = (lastId += 1)
    const timer = setTimeout(() => abandon(new Fault('a revision took too long to try')), trialDeadlineMs)
    return new Promise<Verdict>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      ask({ kind: 'try', id, documentId, update, personId })
    })
      .then((verdict) => {
        if (verdict.kind === 'refuse') copied.delete(documentId)
        return verdict
      })
      .catch((cause: unknown) => {
        copied.delete(documentId)
        throw cause
      })
      .finally(() => clearTimeout(timer))
  }

  function forget(documentId: string): void {
    if (copied.delete(documentId)) ask({ kind: 'forget', documentId })
  }

  return {
    accept: (update, context) => (context.rights === 'suggest' ? attempt(update, context) : { kind: 'accept' }),
    accepted: (documentId, update) => {
      if (copied.has(documentId)) ask({ kind: 'apply', documentId, update })
    },
    forget,
    close: async () => {
      const dead = bench
      abandon(new Fault('closing'))
      await dead?.close()
    },
  }
}

function workerThread(hear: (answer: TrialAnswer) => void, failed: (cause: unknown) => void): Bench {
  const worker = new Worker(new URL('./revision-worker.js', import.meta.url))
  worker.unref()
  worker.on('message', hear)
  worker.on('error', failed)
  return {
    ask: (request) => worker.postMessage(request),
    close: async () => {
      await worker.terminate()
    },
  }
}

/** From sources, as tests run, Node could not load the thread's program: the same trial then runs here, a turn later. */
function ownThread(hear: (answer: TrialAnswer) => void): Bench {
  const trial = createRevisionTrial()
  return {
    ask: (request) =>
      queueMicrotask(() => {
        const answer = trial(request)
        if (answer !== null) hear(answer)
      }),
    close: async () => undefined,
  }
}
