/** Beside the route: 催办, 传阅, 催阅, 已阅. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { PostId } from '@xiewen/shared/directory'
import { decideUrge, takesPart, workflowContract as contract } from '@xiewen/shared/workflow'
import { getPosts } from '../../directory/index.ts'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../../platform/context.ts'
import { type EntryToRead, type Operation, onCommand, onReading } from '../../platform/slice.ts'
import { detailFor, findCaseFor, type SeenCase } from '../acting.ts'
import { detailOf, letRead } from '../apply.ts'
import { prepareOpinion, type SignedOpinion, storeOpinion } from '../opinions.ts'
import { changeReading, listReadings, listTaskRows, markActed, markUrged, putReading } from '../repository.ts'
import { actorOf, postOf } from '../scene.ts'
import type { ReadingRecord } from '../tables.ts'

const hourMs = 3_600_000

const urge = onCommand(contract.urge, async (ctx, input) => {
  const seen = await findCaseFor(ctx, input.caseId)
  if (!seen) return refuse('base.not-found')
  const decided = decideUrge(seen.state, { actor: actorOf(ctx.actor) })
  if (!decided.ok) return decided
  const rows = new Map((await listTaskRows(ctx.db, input.caseId)).map((row) => [row.id, row.urged_at]))
  const due = decided.value.filter((task) => isLongAgo(rows.get(task.id) ?? null, ctx.now))
  if (due.length === 0) return refuse('workflow.urged-recently')
  for (const task of due) {
    await markUrged(ctx.db, task.id, ctx.now)
    await ctx.inbox.update('workflow', task.id, { detail: urgedDetail(ctx.actor.name, input.note) })
  }
  const urged = due.map((task) => task.postId)
  await record(ctx, seen, 'workflow.urged', { taskIds: due.map((task) => task.id), postIds: urged, note: input.note })
  return accept({ urged })
})

function isLongAgo(at: number | null, now: number): boolean {
  return at === null || now - Number(at) >= hourMs
}

function urgedDetail(name: string, note: string): string {
  return note === '' ? detailOf('workflow.detail.urged', { name }) : detailOf('workflow.detail.urged-with-note', { name, note })
}

/** One inbox id for all readers of a case: completing takes the post as well. */
function readingTask(caseId: string): string {
  return `${caseId}.reading`
}

const circulate = onCommand(contract.circulate, async (ctx, input) => {
  const seen = await findCaseFor(ctx, input.caseId)
  if (!seen) return refuse('base.not-found')
  if (!takesPart(seen.state, { actor: actorOf(ctx.actor) })) return refuse('workflow.not-taking-part')
  const posts = await getPosts(ctx.db, [...new Set(input.postIds)])
  if (posts.length < new Set(input.postIds).size) return refuse('workflow.unknown-post')
  const unread = new Set((await listReadings(ctx.db, input.caseId)).filter((row) => row.read_at === null).map((row) => row.post_id))
  const fresh = posts.filter((post) => !unread.has(post.id))
  for (const post of fresh) await askToRead(ctx, seen, post.id, input.purpose)
  if (fresh.length > 0) await record(ctx, seen, 'workflow.circulated', { postIds: fresh.map((post) => post.id), purpose: input.purpose })
  await markActed(ctx.db, seen.row.id, ctx.actor.personId, ctx.now)
  return accept({ readings: unread.size + fresh.length })
})

async function askToRead(ctx: CommandContext, seen: SeenCase, postId: PostId, purpose: string): Promise<void> {
  const caseId = seen.row.id
  await putReading(ctx.db, {
    case_id: caseId,
    post_id: postId,
    from_person_id: ctx.actor.personId,
    from_name: ctx.actor.name,
    purpose,
    at: ctx.now,
    read_at: null,
    read_by: null,
    opinion: '',
    urged_at: null,
  })
  await letRead(ctx, seen.row.document_id, caseId, postId)
  await ctx.inbox.put({
    kind: 'to-read',
    room: 'workflow',
    taskId: readingTask(caseId),
    postId,
    subject: { kind: 'document', id: seen.row.document_id },
    title: seen.document.title || seen.row.title,
    detail: purpose,
    step: 'workflow.step.reading',
    fromName: ctx.actor.name,
    urgency: seen.document.urgency,
    dueAt: null,
  })
}

const urgeReading = onCommand(contract.urgeReading, async (ctx, input) => {
  const seen = await findCaseFor(ctx, input.caseId)
  if (!seen) return refuse('base.not-found')
  if (!takesPart(seen.state, { actor: actorOf(ctx.actor) })) return refuse('workflow.not-taking-part')
  const missing = (await listReadings(ctx.db, input.caseId)).filter((row) => row.read_at === null)
  if (missing.length === 0) return refuse('workflow.nobody-to-urge')
  const due = missing.filter((row) => isLongAgo(row.urged_at, ctx.now))
  if (due.length === 0) return refuse('workflow.urged-recently')
  for (const row of due) {
    await changeReading(ctx.db, row.case_id, row.post_id, { urged_at: ctx.now })
    await putAgain(ctx, seen, row)
  }
  // Safe because only `askToRead` writes these ids.
  const urged = due.map((row) => row.post_id as PostId)
  await record(ctx, seen, 'workflow.urged', { reading: true, postIds: urged })
  return accept({ urged })
})

/** The entry comes to the top again, with who urges. */
async function putAgain(ctx: CommandContext, seen: SeenCase, row: ReadingRecord): Promise<void> {
  await ctx.inbox.put({
    kind: 'to-read',
    room: 'workflow',
    taskId: readingTask(row.case_id),
    // Safe because only `askToRead` writes these ids.
    postId: row.post_id as PostId,
    subject: { kind: 'document', id: seen.row.document_id },
    title: seen.document.title || seen.row.title,
    detail: urgedDetail(ctx.actor.name, row.purpose),
    step: 'workflow.step.reading',
    fromName: row.from_name,
    urgency: seen.document.urgency,
    dueAt: null,
  })
}

interface ReadInput {
  readonly caseId: string
  readonly postId?: PostId | undefined
  readonly code: 'READ' | 'CIRCLE'
  readonly opinion: string
}

async function findMyReading(ctx: QueryContext, input: ReadInput): Promise<Result<{ readonly row: ReadingRecord; readonly post: ActorPost | DelegatedPost }>> {
  const mine = (await listReadings(ctx.db, input.caseId)).flatMap((row) => {
    const post = input.postId === undefined || input.postId === row.post_id ? postOf(ctx.actor, row.post_id) : undefined
    return post ? [{ row, post }] : []
  })
  const found = mine.find(({ row }) => row.read_at === null)
  if (found) return accept(found)
  return refuse(mine.length > 0 ? 'workflow.already-read' : 'workflow.not-circulated-to-you')
}

async function prepareReading(ctx: QueryContext, input: ReadInput): Promise<Result<SignedOpinion | null>> {
  const seen = await findCaseFor(ctx, input.caseId)
  const mine = seen ? await findMyReading(ctx, input) : null
  if (!seen || !mine?.ok) return accept(null)
  const order = { step: null, act: 'read', code: input.code, text: input.opinion, post: mine.value.post } as const
  return accept(await prepareOpinion(ctx, { caseId: seen.row.id, documentId: seen.row.document_id, documentVersion: seen.document.version, ...order }))
}

async function confirmReading(ctx: CommandContext, input: ReadInput, opinion: SignedOpinion | null): Promise<Result<Record<string, never>>> {
  const seen = await findCaseFor(ctx, input.caseId)
  if (!seen) return refuse('base.not-found')
  const mine = await findMyReading(ctx, input)
  if (!mine.ok) return mine
  const { row, post } = mine.value
  if (!opinion || opinion.statement.post.id !== post.id) return refuse('base.conflict')
  const stored = await storeOpinion(ctx, opinion, { taskId: null, caseVersion: null, versionId: null, mustBeNext: false })
  if (!stored.ok) return stored
  await changeReading(ctx.db, row.case_id, row.post_id, { read_at: ctx.now, read_by: ctx.actor.name, opinion: input.opinion })
  await ctx.inbox.complete('workflow', readingTask(row.case_id), row.post_id)
  await record(ctx, seen, 'workflow.read', { postId: row.post_id, code: input.code }, post)
  await markActed(ctx.db, row.case_id, ctx.actor.personId, ctx.now)
  return accept({})
}

const read = onCommand(contract.read, { prepare: prepareReading, commit: confirmReading })

function readInputOf(entry: EntryToRead): ReadInput {
  // Safe because entries wait for posts.
  return { caseId: entry.taskId.slice(0, entry.taskId.indexOf('.')), postId: entry.postId as PostId, code: 'READ', opinion: '' }
}

/** 已阅 of 传阅 from the inbox, several at a time: each is still a signed opinion of its own. */
export const readingOfEntry = onReading({
  prepare: async (ctx, entry) => {
    const prepared = await prepareReading(ctx, readInputOf(entry))
    return prepared.ok ? prepared.value : null
  },
  confirm: (ctx, entry, opinion) => confirmReading(ctx, readInputOf(entry), opinion),
})

function record(ctx: CommandContext, seen: SeenCase, kind: string, data: Readonly<Record<string, unknown>>, through?: ActorPost | DelegatedPost): Promise<unknown> {
  ctx.touch('workflow')
  return ctx.record({ kind, subject: { kind: 'document', id: seen.row.document_id }, data: { caseId: seen.row.id, documentId: seen.row.document_id, detail: detailFor(seen.document), ...data } }, through)
}

/** Operations of this file. */
export const sideOperations: readonly Operation[] = [urge, circulate, urgeReading, read]
