/** Who may write under which Yjs client id: those that stand in the document belong to whoever wrote first, and those that were issued
 * or shown here belong to the person of that session before anything is written, so that nobody can take them first. */
import { randomInt } from 'node:crypto'
import type { Ledger } from './ledger.ts'

/** The client ids of one open document. */
export interface ClientIds {
  /** A fresh id, which from now on only this person may write under. */
  issue(personId: string): number
  /** Takes an id a session shows or writes under; false when it is somebody else's. */
  bind(client: number, personId: string): boolean
  /** The person an id belongs to, if anybody. */
  ownerOf(client: number): string | undefined
}

/** Ids that are held without anything written under them; beyond it the oldest are free again. */
const heldAtMost = 20_000

/** Follows a document's ledger. */
export function createClientIds(ledger: Ledger): ClientIds {
  const held = new Map<number, string>()
  const ownerOf = (client: number): string | undefined => ledger.authors.get(client) ?? held.get(client)

  function hold(client: number, personId: string): void {
    held.set(client, personId)
    if (held.size > heldAtMost) for (const oldest of held.keys()) return void held.delete(oldest)
  }

  return {
    ownerOf,
    issue(personId) {
      let client = randomInt(1, 2 ** 32)
      while (ownerOf(client) !== undefined || ledger.state.has(client)) client = randomInt(1, 2 ** 32)
      hold(client, personId)
      return client
    },
    bind(client, personId) {
      const owner = ownerOf(client)
      if (owner === undefined) hold(client, personId)
      return owner === undefined || owner === personId
    },
  }
}
