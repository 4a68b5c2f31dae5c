/** Going on: what opens after a task is done. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { PostId } from '../../directory/index.ts'
import type { CaseState, Choice, Entry, StepKey, Task, TaskState, Visit } from '../model.ts'
import { type RouteStep, routeOf, stepOf } from '../templates.ts'
import { getVisit, tasksOf } from './evolve.ts'
import { dueAtOf, type Ledger, newTask, type Scene, write } from './scene.ts'

/** Wakes tasks that waited, and when the visit is over goes back to who sent it, on to the next step, or closes the case. */
export function advance(ledger: Ledger, visitNo: number, choice: Choice, scene: Scene): Result<Ledger> {
  const awake = wakeWaiting(ledger, visitNo, scene)
  if (tasksOf(awake.state, visitNo).some((task) => task.state === 'open' || task.state === 'waiting')) return accept(awake)
  const left = write(awake, { kind: 'visit-changed', no: visitNo, change: { leftAt: scene.now } })
  const visit = getVisit(left.state, visitNo)
  if (visit.resumes !== null) return accept(resume(left, visit, visit.resumes, scene))
  return enterNext(left, visit, choice, scene)
}

function wakeWaiting(ledger: Ledger, visitNo: number, scene: Scene): Ledger {
  const isDone = (id: string) => ledger.state.tasks.some((task) => task.id === id && task.state === 'done')
  return tasksOf(ledger.state, visitNo)
    .filter((task) => task.state === 'waiting' && task.waitsFor.every(isDone))
    .reduce((so, task) => write(so, { kind: 'task-changed', task: task.id, change: { state: 'open', ...freshTimes(task, so.state, scene) } }), ledger)
}

function freshTimes(task: Task, state: CaseState, scene: Scene): Pick<Task, 'openedAt' | 'dueAt'> {
  return { openedAt: scene.now, dueAt: dueAtOf(task.step, state.urgency, scene) }
}

function resume(ledger: Ledger, done: Visit, target: number, scene: Scene): Ledger {
  if (done.entry.kind !== 'return') throw new TypeError('only a return can be resumed from')
  const moved = write(
    ledger,
    { kind: 'moved-to', visit: target },
    { kind: 'visit-changed', no: target, change: { leftAt: null, resumedBy: done.no, sinceVersion: ledger.state.version } },
  )
  const restored: readonly { readonly task: Task['id']; readonly was: TaskState }[] = [...done.entry.displaced, { task: done.entry.task, was: 'open' }]
  return restored.reduce((so, { task: id, was }) => {
    const task = so.state.tasks.find((each) => each.id === id)
    if (task?.state !== 'suspended') return so
    return write(so, { kind: 'task-changed', task: id, change: { state: was, ...freshTimes(task, so.state, scene) } })
  }, moved)
}

function enterNext(ledger: Ledger, from: Visit, choice: Choice, scene: Scene): Result<Ledger> {
  const route = routeOf(ledger.state.template, ledger.state.options)
  const place = route.findIndex((step) => step.key === from.step)
  for (const step of route.slice(place + 1)) {
    if (step.key === 'assign' && namedFor('handle', ledger.state, choice).length > 0) continue
    const picked = pickPosts(step, ledger.state, choice, scene)
    if (!picked.ok) return picked
    if (picked.value.length > 0) return accept(enterStep(ledger, step, picked.value, { entry: { kind: 'advance', from: from.no }, resumes: null }, scene))
  }
  throw new TypeError(`nothing follows ${from.step}, and yet the case is not closed`)
}

/** Opens a visit of a step for these posts; in 承办 the first is the lead (主办). */
export function enterStep(
  ledger: Ledger,
  step: RouteStep,
  posts: readonly PostId[],
  how: { readonly entry: Entry; readonly resumes: number | null },
  scene: Scene,
): Ledger {
  const visit: Visit = {
    no: ledger.state.visits.length + 1,
    step: step.key,
    entry: how.entry,
    sinceVersion: ledger.state.version,
    enteredAt: scene.now,
    leftAt: null,
    resumes: how.resumes,
    resumedBy: null,
    withdrawn: false,
  }
  return posts.reduce(
    (so, postId, index) => {
      const role = step.key !== 'handle' ? 'main' : index === 0 ? 'lead' : 'support'
      return write(so, { kind: 'task-opened', task: newTask(so.state, { step: step.key, visit: visit.no, postId, role }, scene) })
    },
    write(ledger, { kind: 'visit-entered', visit }),
  )
}

/** Who a step goes to: the choice made now, else the plan, else the only candidate.
 *
 * @returns posts, none when the step is passed over; refuses `workflow.choose-next`, `workflow.no-handler`,
 * `workflow.not-a-choice`, `workflow.only-one`
 */
export function pickPosts(step: RouteStep, state: CaseState, choice: Choice, scene: Scene): Result<readonly PostId[]> {
  if (step.selection.kind === 'starter') return accept([state.starter.postId])
  if (step.selection.kind === 'did') {
    const did = holdersOf(state, step.selection.step).filter((id) => scene.posts.has(id))
    return did.length > 0 ? accept(did.slice(0, 1)) : pickPosts(stepOf(step.selection.step), state, choice, scene)
  }
  const chosen = choice[step.key]
  if (chosen && chosen.some((id) => !isCandidate(step, id, scene))) return refuse('workflow.not-a-choice')
  const named = chosen ?? (state.plan[step.key] ?? []).filter((id) => isCandidate(step, id, scene))
  const posts = [...new Set(named)]
  if (posts.length > 1 && step.mode === 'single') return refuse('workflow.only-one')
  if (posts.length > 0) return accept(posts)
  const candidates = scene.candidates[step.key] ?? []
  // Leaving 会签 out is a choice; no other step can be chosen away.
  if (step.whenEmpty === 'skip' && (candidates.length === 0 || (chosen && step.selection.kind === 'any-duty'))) return accept([])
  if (candidates.length === 1) return accept(candidates)
  return refuse(candidates.length === 0 && step.selection.kind !== 'any-duty' ? 'workflow.no-handler' : 'workflow.choose-next', { step: step.key })
}

function isCandidate(step: RouteStep, postId: PostId, scene: Scene): boolean {
  if (step.selection.kind !== 'any-duty') return (scene.candidates[step.key] ?? []).includes(postId)
  const wanted: ReadonlySet<string> = new Set(step.selection.duties)
  return scene.posts.get(postId)?.some((duty) => wanted.has(duty)) ?? false
}

function namedFor(step: StepKey, state: CaseState, choice: Choice): readonly PostId[] {
  return choice[step] ?? state.plan[step] ?? []
}

/** Posts that did the step regularly the last time it was passed; none when it was not. */
export function holdersOf(state: CaseState, step: StepKey): readonly PostId[] {
  const visits = state.visits.filter((visit) => visit.step === step && !visit.withdrawn).toReversed()
  for (const visit of visits) {
    const done = tasksOf(state, visit.no).filter((task) => task.state === 'done' && task.role !== 'added')
    if (done.length > 0) return done.map((task) => task.postId)
  }
  return []
}
