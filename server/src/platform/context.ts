/** What a use case works with. One object per request; rooms never reach for globals. */
import type { ActorStamp, Brand, CivilDate, Duty, Fact, Instant, RecordedFact } from '@xiewen/shared/base'
import type { ReadDb, WriteDb } from './database/index.ts'
import type { InboxWriter } from './inbox/inbox-writer.ts'
import type { JobScheduler } from './jobs/scheduler.ts'
import type { Services } from './services.ts'

/** A post the actor may act through. */
export interface ActorPost {
  readonly id: Brand<string, 'PostId'>
  readonly title: string
  readonly unitId: Brand<string, 'UnitId'>
  readonly unitName: string
  /** Nearest organ (机关) above or at the unit. */
  readonly organId: Brand<string, 'UnitId'>
  readonly organName: string
  readonly duties: readonly Duty[]
}

/** A post of somebody else the actor may act for now (代). */
export interface DelegatedPost extends ActorPost {
  readonly principalName: string
  readonly delegationId: Brand<string, 'DelegationId'>
}

/** Who calls. */
export interface Actor {
  readonly personId: Brand<string, 'PersonId'>
  readonly name: string
  readonly sessionId: string
  readonly address: string
  /** Own posts, the primary one first. */
  readonly posts: readonly ActorPost[]
  readonly actingFor: readonly DelegatedPost[]
  /** Duties of the actor's own posts. */
  readonly duties: ReadonlySet<Duty>
  /** Until when step-up holds (ms), or null. */
  readonly provenUntil: Instant | null
}

/** A reading use case's world. */
export interface QueryContext {
  /** The signed-in caller. Asking for it where nobody is signed in is a Bug: only public contracts may be called so. */
  readonly actor: Actor
  readonly actorOrNull: Actor | null
  readonly db: ReadDb
  readonly now: Instant
  /** Today's civil date in China. */
  readonly today: CivilDate
  readonly services: Services
}

/** A writing use case's world: one transaction. */
export interface CommandContext extends QueryContext {
  readonly db: WriteDb
  newId<Name extends string>(): Brand<string, Name>
  /** Stores a fact: audit leaf and outbox event join this transaction. `through` names the post acted through (default: the
   * actor's first); a delegated post is recorded as 甲 代 乙. `stamp` names the actor where nobody is signed in yet (sign-in). */
  record(fact: Fact, through?: ActorPost | DelegatedPost, stamp?: ActorStamp): Promise<RecordedFact>
  /** Puts entries into and takes them out of people's inboxes (待办、待阅). */
  readonly inbox: InboxWriter
  /** Plans timed work; see `jobs/scheduler.ts`. */
  readonly jobs: JobScheduler
  /** Tells open screens to refresh after the commit, e.g. `documents`, `document:<id>`, `inbox:<personId>`. */
  touch(topic: string): void
  /** Sets the session cookie of this answer (null clears it). Only sign-in and sign-out use it. */
  setSessionToken(token: string | null): void
  /** Keeps what was written even if the use case refuses: failed sign-ins must be counted. */
  commitEvenIfRefused(): void
  /** Runs after a successful commit, outside the transaction. For effects that may be lost with the process (closing sockets);
   * anything that must happen is a reaction or a job. */
  afterCommit(effect: () => void): void
}

/** The stamp facts carry for an act of this actor. */
export function stampOf(actor: Actor | null, through?: ActorPost | DelegatedPost): ActorStamp | null {
  if (!actor) return null
  const post = through ?? actor.posts[0]
  const stamp: ActorStamp = {
    personId: actor.personId,
    personName: actor.name,
    postId: post?.id ?? null,
    unitName: post?.unitName ?? null,
  }
  return isDelegated(post) ? { ...stamp, onBehalfOf: post.principalName } : stamp
}

/** Whether a post is somebody else's, acted for by delegation (代). */
export function isDelegated(post: ActorPost | DelegatedPost | undefined): post is DelegatedPost {
  return post !== undefined && 'principalName' in post
}
