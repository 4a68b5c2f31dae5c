/** Builds the contexts use cases work with, and runs writing ones in one transaction with their facts. */
import { type ActorStamp, civilDateAt, type RecordedFact, type Refusal, type Result } from '@xiewen/shared/base'
import { appendFact, type Origin } from '../audit/ledger.ts'
import type { Clock } from '../clock/clock.ts'
import { newId } from '../clock/new-id.ts'
import { type Actor, type ActorPost, type CommandContext, type DelegatedPost, type QueryContext, stampOf } from '../context.ts'
import type { Database, ReadDb, WriteDb } from '../database/index.ts'
import type { EventHub } from '../events/hub.ts'
import { inboxWriter } from '../inbox/inbox.ts'
import { jobScheduler } from '../jobs/jobs.ts'
import { Refused } from '../log/fault.ts'
import type { Services } from '../services.ts'

/** What runs use cases needs. `afterFacts` wakes reactions, `afterJobs` the job runner. */
export interface World {
  readonly database: Database
  readonly services: Services
  readonly clock: Clock
  readonly hub: EventHub
  readonly afterFacts: () => void
  readonly afterJobs: () => void
}

/** Who acts and from where. For reactions and jobs the actor is null and the stamp is the original one's. */
export interface Caller {
  readonly actor: Actor | null
  readonly origin: Origin
  /** Stands in for the actor's stamp when the system acts on somebody's behalf (reactions). */
  readonly stamp?: RecordedFact['actor']
}

/** The system itself. */
export const systemCaller: Caller = { actor: null, origin: { sessionId: null, address: null, requestId: null } }

/** A reading context. */
export function queryContext(world: World, caller: Caller, db: ReadDb): QueryContext {
  const now = world.clock.now()
  return {
    get actor(): Actor {
      if (!caller.actor) throw new Error('Bug: nobody is signed in here')
      return caller.actor
    },
    actorOrNull: caller.actor,
    db,
    now,
    today: civilDateAt(now),
    services: world.services,
  }
}

/** What a writing use case left behind besides rows. */
export interface Effects {
  sessionToken: string | null | undefined
}

/** Runs `work` in one transaction. A refusal undoes it unless the use case asked to keep it. Facts, jobs, touches and effects
 * take effect only after the commit. */
export async function runCommand<T>(
  world: World,
  caller: Caller,
  work: (ctx: CommandContext) => Promise<Result<T>>,
  effects: Effects = { sessionToken: undefined },
): Promise<Result<T>> {
  const after = { topics: new Set<string>(), facts: 0, jobs: false, keep: false, effects: [] as (() => void)[] }
  let outcome: Result<T>
  try {
    outcome = await world.database.write(async (db) => {
      resetAfter(after)
      const result = await work(commandContext(world, caller, db, after, effects))
      if (!result.ok && !after.keep) throw new Refused(result.refusal.code, result.refusal.params)
      return result
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal }
    throw error
  }
  world.hub.publish(after.topics)
  for (const effect of after.effects) effect()
  if (after.facts > 0) world.afterFacts()
  if (after.jobs) world.afterJobs()
  return outcome
}

interface After {
  topics: Set<string>
  facts: number
  jobs: boolean
  keep: boolean
  effects: (() => void)[]
}

function resetAfter(after: After): void {
  after.topics.clear()
  after.facts = 0
  after.jobs = false
  after.keep = false
  after.effects = []
}

function commandContext(world: World, caller: Caller, db: WriteDb, after: After, effects: Effects): CommandContext {
  const base = queryContext(world, caller, db)
  const touch = (topic: string): void => void after.topics.add(topic)
  return Object.defineProperties(
    {
      actorOrNull: base.actorOrNull,
      db,
      now: base.now,
      today: base.today,
      services: base.services,
      newId: <Name extends string>() => newId<Name>(base.now),
      record: async (fact: Parameters<CommandContext['record']>[0], through?: ActorPost | DelegatedPost, stamp?: ActorStamp) => {
        const actor = stamp ?? (caller.actor ? stampOf(caller.actor, through) : (caller.stamp ?? null))
        const recorded = await appendFact(db, { ...fact, actor, origin: caller.origin, result: 'done', at: base.now })
        after.facts += 1
        touch(fact.subject.kind)
        touch(`${fact.subject.kind}:${fact.subject.id}`)
        return recorded
      },
      inbox: inboxWriter(db, base.now, touch),
      jobs: jobScheduler(db, base.now, () => {
        after.jobs = true
      }),
      touch,
      setSessionToken: (token: string | null) => {
        effects.sessionToken = token
      },
      commitEvenIfRefused: () => {
        after.keep = true
      },
      afterCommit: (effect: () => void) => void after.effects.push(effect),
    },
    { actor: { get: () => base.actor, enumerable: true } },
    // Safe because the one property missing from the literal is the getter defined here.
  ) as CommandContext
}

/** Records that somebody was refused, and with which words: rules that said no are part of the audit. */
export async function recordRefusal(world: World, caller: Caller, name: string, { code, params }: Refusal): Promise<void> {
  await world.database.write(async (db) => {
    await appendFact(db, {
      kind: name,
      subject: { kind: 'contract', id: name },
      data: params === undefined ? { code } : { code, params },
      actor: stampOf(caller.actor),
      origin: caller.origin,
      result: 'refused',
      at: world.clock.now(),
    })
  })
}
