/** Asks for the rights of people who come: one question per document at a time, so that a crowd costs a few questions. */
import type { Rights, RightsLevel } from './ports.ts'

/** Where connections ask. */
export interface RightsDesk {
  /** What a person may do with a document; the question is put after the call, never before. */
  ask(documentId: string, personId: string): Promise<RightsLevel>
}

interface Asking {
  readonly personId: string
  readonly resolve: (level: RightsLevel) => void
  readonly reject: (cause: unknown) => void
}

/** Makes a desk. `inTime` ends questions that take too long. */
export function createRightsDesk(rights: Rights, inTime: <T>(answer: Promise<T>) => Promise<T>): RightsDesk {
  /** Documents about which a question is under way, and who came meanwhile. */
  const waiting = new Map<string, Asking[]>()

  async function put(documentId: string, asking: readonly Asking[]): Promise<void> {
    try {
      const people = [...new Set(asking.map((each) => each.personId))]
      const levels = await inTime(rights.rightsOfPeople(documentId, people))
      for (const { personId, resolve } of asking) resolve(levels.get(personId) ?? 'none')
    } catch (cause) {
      for (const { reject } of asking) reject(cause)
    }
  }

  async function serve(documentId: string, first: readonly Asking[]): Promise<void> {
    for (let next = first; next.length > 0; next = waiting.get(documentId) ?? []) {
      waiting.set(documentId, [])
      await put(documentId, next)
    }
    waiting.delete(documentId)
  }

  return {
    ask: (documentId, personId) =>
      new Promise((resolve, reject) => {
        const asking = { personId, resolve, reject }
        const queue = waiting.get(documentId)
        if (queue === undefined) void serve(documentId, [asking])
        else queue.push(asking)
      }),
  }
}
