/** Facts: what has happened. Each is stored once, becomes one leaf of the audit tree, and is offered to other rooms. */
import type { FactId } from './ids.ts'
import type { Instant } from './instant.ts'

/** Something that happened, past tense: `seal.impressed`, `workflow.signed`. */
export interface Fact {
  /** `<room>.<past-tense>`; listed in the room's `contract.ts` under `facts`. */
  readonly kind: string
  /** What it happened to, e.g. `{ kind: 'document', id }`. */
  readonly subject: { readonly kind: string; readonly id: string }
  /** Details other rooms and the auditor need; JSON values only, no personal data beyond names of officials. */
  readonly data: Readonly<Record<string, unknown>>
}

/** A fact as stored. */
export interface RecordedFact extends Fact {
  readonly id: FactId
  readonly seq: number
  readonly at: Instant
  readonly actor: ActorStamp | null
}

/** Who acted: the person, the post (职务) acted through, and, for delegates, for whom (甲 代 乙). */
export interface ActorStamp {
  readonly personId: string
  readonly personName: string
  readonly postId: string | null
  readonly unitName: string | null
  readonly onBehalfOf?: string
}
