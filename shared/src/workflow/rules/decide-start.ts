/** Starting a case: 送审 of a draft, or 拟办 of a received document. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { PersonId, PostId } from '../../directory/index.ts'
import type { CaseId, CaseState, CaseUrgency, Choice, TemplateName } from '../model.ts'
import { routeOf } from '../templates.ts'
import { enterStep, pickPosts } from './advance.ts'
import { decideDecisive } from './decide-decisive.ts'
import { type Outcome, type Scene, write } from './scene.ts'

/** What a case begins with. `choice` names people for the steps to come. */
export interface StartOrder {
  readonly id: CaseId
  readonly template: TemplateName
  readonly starter: { readonly personId: PersonId; readonly postId: PostId }
  readonly urgency: CaseUrgency
  readonly options: { readonly officeDirector: boolean }
  readonly choice: Choice
  readonly text: string
}

/** Starts a case. An outgoing one is submitted (送审) in the same act; an incoming one opens at 拟办, with the first
 * candidate when nobody is chosen, because no person asks.
 *
 * @returns events beginning with `started`; refuses as `pickPosts` does
 */
export function decideStart(order: StartOrder, scene: Scene): Result<Outcome> {
  const route = routeOf(order.template, order.options)
  const first = route[0]
  if (!first) return refuse('workflow.no-handler')
  const posts = first.selection.kind === 'starter' ? accept([order.starter.postId]) : pickFirst(order, scene)
  if (!posts.ok) return posts
  const empty = emptyCase(order, scene)
  const started = write({ state: empty, events: [] }, { kind: 'started', state: empty }, { kind: 'acted', act: 'submit', at: scene.now })
  const opened = enterStep(started, first, posts.value, { entry: { kind: 'start' }, resumes: null }, scene)
  const task = opened.state.tasks[0]
  if (first.key !== 'draft' || !task) return accept(opened)
  const act = { kind: 'submit', taskId: task.id, choice: order.choice, code: 'SUBMIT', text: order.text, confirmed: true } as const
  const submitted = decideDecisive(opened.state, act, scene)
  return submitted.ok ? accept({ state: submitted.value.state, events: [...opened.events, ...submitted.value.events] }) : submitted
}

function pickFirst(order: StartOrder, scene: Scene): Result<readonly PostId[]> {
  const first = routeOf(order.template, order.options)[0]
  if (!first) return refuse('workflow.no-handler')
  const picked = pickPosts(first, emptyCase(order, scene), order.choice, scene)
  if (picked.ok || picked.refusal.code !== 'workflow.choose-next') return picked
  return accept((scene.candidates[first.key] ?? []).slice(0, 1))
}

function emptyCase(order: StartOrder, scene: Scene): CaseState {
  return {
    id: order.id,
    template: order.template,
    starter: order.starter,
    urgency: order.urgency,
    options: order.options,
    status: 'running',
    version: 0,
    current: 0,
    plan: order.choice,
    visits: [],
    tasks: [],
    startedAt: scene.now,
    closedAt: null,
  }
}
