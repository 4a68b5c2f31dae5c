/** What leaves the server about a case. */
import type { PostId, PostView } from '@xiewen/shared/directory'
import {
  type AbilitiesView, abilitiesOf, actedByFor, type CaseState, type CaseView, type FormerCase, holdersOf, type HolderView, type OpinionView, opinionViewSchema,
  type PlaceView, routeOf, type Task, type TaskView,
} from '@xiewen/shared/workflow'
import { findDeputyOf, getPost, getPosts } from '../directory/index.ts'
import type { QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { namedPosts, type SeenCase } from './acting.ts'
import { listCasesOfDocument, listOpinions, listReadings, statementOf, type StoredCase } from './repository.ts'
import { actorOf, loadScene, postOf } from './scene.ts'
import { listStamps } from './stamps.ts'
import type { OpinionRecord, ReadingRecord } from './tables.ts'

/** Names for posts, also for those that have ended. */
export type Holders = (postId: string) => HolderView

/** Loads the names of posts; with `deputies`, who acts for them now. */
export async function loadHolders(db: ReadDb, postIds: readonly string[], now: number, former: ReadonlyMap<string, HolderView> = new Map()): Promise<Holders> {
  const posts = await getPosts(db, [...new Set(postIds)])
  const views = new Map<string, HolderView>(former)
  for (const post of posts) views.set(post.id, holderOf(post, await deputyName(db, post, now)))
  // Safe because the ids asked for are ids of posts.
  return (postId) => views.get(postId) ?? { postId: postId as PostId, personName: '', postTitle: '', unitName: '', deputyName: null }
}

/** A post as named beside a task. */
export function holderOf(post: PostView, deputy: string | null = null): HolderView {
  return { postId: post.id, personName: post.personName, postTitle: post.title, unitName: post.unitName, deputyName: deputy }
}

async function deputyName(db: ReadDb, post: PostView, now: number): Promise<string | null> {
  const deputy = await findDeputyOf(db, post.id, now)
  return deputy ? ((await getPost(db, deputy.deputyPostId))?.personName ?? null) : null
}

/** A whole case as the caller sees it. */
export async function presentCase(ctx: QueryContext, seen: SeenCase, taskId: string | undefined): Promise<CaseView> {
  const { state, row } = seen
  const opinions = await listOpinions(ctx.db, row.id)
  const stamps = await loadStamps(ctx.db, row.id)
  const readings = await listReadings(ctx.db, row.id)
  const posts = [...namedPosts(state, null), ...readings.map((each) => each.post_id), ...state.tasks.flatMap((task) => task.moves.map((move) => move.by.postId))]
  const holders = await loadHolders(ctx.db, posts, ctx.now, formerHolders(opinions))
  return {
    id: state.id,
    documentId: seen.document.id,
    template: state.template,
    title: seen.document.title || row.title,
    status: state.status,
    version: state.version,
    starter: holders(state.starter.postId),
    startedAt: state.startedAt,
    closedAt: state.closedAt,
    places: placesOf(state, holders),
    tasks: state.tasks.map((task) => presentTask(task, holders, opinions)),
    opinions: opinions.map((each) => presentOpinion(each, state, stamps)),
    readings: readings.map((each) => presentReading(each, holders)),
    former: await presentFormer(ctx, seen),
    abilities: await presentAbilities(ctx, seen, readings, holders, taskId),
  }
}

/** Cases of the document that began before this one. */
async function presentFormer(ctx: QueryContext, seen: SeenCase): Promise<FormerCase[]> {
  const cases = await listCasesOfDocument(ctx.db, seen.row.document_id)
  const at = cases.findIndex((each) => each.row.id === seen.row.id)
  return Promise.all(cases.slice(at + 1).map((each) => presentFormerCase(ctx, each)))
}

async function presentFormerCase(ctx: QueryContext, { row, state }: StoredCase): Promise<FormerCase> {
  const opinions = await listOpinions(ctx.db, row.id)
  const stamps = await loadStamps(ctx.db, row.id)
  const posts = [...namedPosts(state, null), ...state.tasks.flatMap((task) => task.moves.map((move) => move.by.postId))]
  const holders = await loadHolders(ctx.db, posts, ctx.now, formerHolders(opinions))
  return {
    id: state.id,
    status: state.status,
    startedAt: state.startedAt,
    closedAt: state.closedAt,
    tasks: state.tasks.map((task) => presentTask(task, holders, opinions)),
    opinions: opinions.map((each) => presentOpinion(each, state, stamps)),
  }
}

function formerHolders(opinions: readonly OpinionRecord[]): ReadonlyMap<string, HolderView> {
  return new Map(
    opinions.map((row) => {
      const { post, person } = statementOf(row)
      // Safe because statements carry ids of posts.
      return [post.id, { postId: post.id as PostId, personName: person.name, postTitle: post.title, unitName: post.unit, deputyName: null }]
    }),
  )
}

function presentTask(task: Task, holders: Holders, opinions: readonly OpinionRecord[]): TaskView {
  const last = task.moves.at(-1)
  const acted = last && (task.state === 'done' || task.state === 'returned') ? last : null
  const words = acted ? opinions.find((row) => row.task_id === task.id && row.case_version === acted.version) : undefined
  return {
    id: task.id,
    step: task.step,
    visit: task.visit,
    state: task.state,
    role: task.role,
    holder: holders(task.postId),
    openedAt: task.openedAt,
    doneAt: acted?.at ?? null,
    dueAt: task.dueAt,
    actedBy: acted ? { personName: words ? statementOf(words).person.name : holders(acted.by.postId).personName, onBehalfOf: acted.by.onBehalfOf } : null,
  }
}

/** When each opinion of a case was stamped, by its place. */
async function loadStamps(db: ReadDb, caseId: string): Promise<ReadonlyMap<number, number>> {
  return new Map((await listStamps(db, caseId)).map((stamp) => [Number(stamp.seq), Number(stamp.stamped_at)]))
}

function presentOpinion(row: OpinionRecord, state: CaseState, stamps: ReadonlyMap<number, number>): OpinionView {
  const statement = statementOf(row)
  return opinionViewSchema.parse({
    seq: row.seq,
    taskId: row.task_id,
    step: statement.step,
    act: statement.act,
    code: statement.code,
    text: statement.opinion,
    at: statement.at,
    personId: statement.person.id,
    personName: statement.person.name,
    postId: statement.post.id,
    postTitle: statement.post.title,
    unitName: statement.post.unit,
    onBehalfOf: statement.onBehalfOf,
    digest: statement.digest,
    versionId: row.version_id,
    withdrawn: isWithdrawn(row, state),
    stampedAt: stamps.get(Number(row.seq)) ?? null,
  })
}

/** Whether the move an opinion belonged to was taken back later (撤回). */
export function isWithdrawn(row: OpinionRecord, state: CaseState): boolean {
  const task = state.tasks.find((each) => each.id === row.task_id)
  return task !== undefined && row.case_version !== null && !task.moves.some((move) => move.version === Number(row.case_version))
}

function presentReading(row: ReadingRecord, holders: Holders) {
  return {
    holder: holders(row.post_id),
    fromName: row.from_name,
    purpose: row.purpose,
    at: Number(row.at),
    readAt: row.read_at === null ? null : Number(row.read_at),
    readBy: row.read_by,
    opinion: row.opinion,
  }
}

/** The steps strip: every step of the route once, with its latest visit. */
export function placesOf(state: CaseState, holders: Holders): PlaceView[] {
  const route = routeOf(state.template, state.options)
  const currentStep = state.visits.find((visit) => visit.no === state.current)?.step
  const at = state.status === 'running' ? route.findIndex((step) => step.key === currentStep) : route.length
  return route.map((step, index): PlaceView => {
    const visit = state.visits.findLast((each) => each.step === step.key && !each.withdrawn)
    const tasks = visit ? state.tasks.filter((task) => task.visit === visit.no && task.state !== 'void') : []
    const suspended = tasks.some((task) => task.state === 'suspended')
    const passed = tasks.some((task) => task.state === 'done')
    const kind = index === at ? 'current' : suspended ? 'suspended' : index > at ? 'ahead' : passed ? 'passed' : 'skipped'
    const posts = kind === 'ahead' || (kind === 'skipped' && !visit) ? (kind === 'ahead' ? plannedFor(state, step.key) : []) : tasks.map((task) => task.postId)
    const shown = kind === 'ahead' || kind === 'skipped' ? null : (visit ?? null)
    const due = tasks.filter((task) => task.state === 'open').flatMap((task) => task.dueAt ?? [])
    return {
      step: step.key,
      state: kind,
      holders: [...new Set(posts)].map(holders),
      enteredAt: shown?.enteredAt ?? null,
      leftAt: kind === 'current' ? null : (shown?.leftAt ?? null),
      dueAt: due.length > 0 ? Math.min(...due) : null,
    }
  })
}

function plannedFor(state: CaseState, step: PlaceView['step']): readonly PostId[] {
  return state.plan[step] ?? holdersOf(state, step)
}

async function presentAbilities(ctx: QueryContext, seen: SeenCase, readings: readonly ReadingRecord[], holders: Holders, taskId: string | undefined): Promise<AbilitiesView> {
  const { state } = seen
  const actor = actorOf(ctx.actor)
  const scene = await loadScene(ctx, actor, state, namedPosts(state, null))
  const able = abilitiesOf(state, scene, taskId)
  const reading = readings.find((row) => row.read_at === null && postOf(ctx.actor, row.post_id))
  const by = able.task ? actedByFor({ actor }, able.task.task.postId) : null
  return {
    task:
      able.task && by
        ? {
            id: able.task.task.id,
            step: able.task.task.step,
            role: able.task.task.role,
            acts: [...able.task.acts],
            onBehalfOf: by.onBehalfOf,
            postTitle: holders(able.task.task.postId).postTitle,
          }
        : null,
    returnTo: able.returnTo.map((step) => ({ step, holders: step === 'draft' ? [holders(state.starter.postId)] : holdersOf(state, step).map(holders) })),
    forward: able.forward,
    addSigner: able.addSigner,
    // Safe because these are ids of tasks of this very case.
    withdraw: able.withdraw as AbilitiesView['withdraw'],
    urge: able.urge,
    circulate: able.circulate,
    cancel: able.cancel,
    // Safe because only circulation writes these ids.
    read: reading ? { postId: reading.post_id as PostId, purpose: reading.purpose } : null,
  }
}
