/** Acts on one assignment: signing, reporting, reviewing, closing, extending, urging, resting, ending. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import { type Assignment, decideAssignment, type Evidence, type Order, type Relation, type ReportWords, supervisionContract as contract } from '@xiewen/shared/supervision'
import type { CommandContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { applyEvent } from '../apply.ts'
import { byOf, relationOf, throughOf } from '../relation.ts'
import { evidenceOf, findAssignmentFor, findEvidence } from '../repository.ts'

type Answer = Result<{ assignmentId: Assignment['id']; state: Assignment['state']; version: number }>

/** Loads with sight checked, lets `orderOf` make the order, decides, applies. */
async function act(ctx: CommandContext, assignmentId: string, orderOf: (assignment: Assignment, relation: Relation) => Promise<Result<Order>> | Result<Order>): Promise<Answer> {
  const found = await findAssignmentFor(ctx.db, ctx.actor, assignmentId)
  if (!found) return refuse('supervision.not-found')
  const relation = relationOf(ctx.actor, found.assignment)
  const order = await orderOf(found.assignment, relation)
  if (!order.ok) return order
  const through = throughOf(ctx.actor, found.assignment, order.value)
  const decided = decideAssignment(found.assignment, order.value, { relation, by: byOf(ctx.actor, through), now: ctx.now, calendar: ctx.services.calendar.current() })
  if (!decided.ok) return decided
  const after = await applyEvent(ctx, found, decided.value, through)
  return accept({ assignmentId: after.id, state: after.state, version: after.version })
}

/** The unit meant: the one named, else the only sensible one of those the caller handles. */
function unitMeant(assignment: Assignment, relation: Relation, named: UnitId | undefined, accepted: boolean): Result<UnitId> {
  if (named !== undefined) return accept(named)
  const parts = assignment.parts.filter((part) => relation.handles.includes(part.unitId))
  const part = parts.find((each) => (each.acceptedAt !== null) === accepted) ?? parts[0]
  return part ? accept(part.unitId) : refuse('supervision.not-your-unit')
}

const sign = onCommand(contract.accept, (ctx, input) =>
  act(ctx, input.assignmentId, (assignment, relation) => {
    const unit = unitMeant(assignment, relation, input.unitId, false)
    return unit.ok ? accept({ kind: 'accept', unitId: unit.value }) : unit
  }),
)

interface WordsInput {
  readonly assignmentId: string
  readonly progress: string
  readonly problems: string
  readonly nextSteps: string
  readonly evidenceIds: readonly string[]
}

async function wordsOf(ctx: CommandContext, input: WordsInput, percent: number): Promise<Result<ReportWords>> {
  const evidence: Evidence[] = []
  for (const id of new Set(input.evidenceIds)) {
    const row = await findEvidence(ctx.db, input.assignmentId, id)
    // A file is cited by whoever stored it: nobody else has seen it yet.
    if (!row || row.person_id !== ctx.actor.personId) return refuse('supervision.unknown-evidence')
    evidence.push(evidenceOf(row))
  }
  const { progress, problems, nextSteps } = input
  return accept({ progress, problems, nextSteps, percent, evidence })
}

const report = onCommand(contract.report, (ctx, input) =>
  act(ctx, input.assignmentId, async (assignment, relation) => {
    const unit = unitMeant(assignment, relation, input.unitId, true)
    if (!unit.ok) return unit
    const words = await wordsOf(ctx, input, input.percent)
    return words.ok ? accept({ kind: 'report', unitId: unit.value, words: words.value }) : words
  }),
)

const claim = onCommand(contract.claimCompletion, (ctx, input) =>
  act(ctx, input.assignmentId, async () => {
    const words = await wordsOf(ctx, input, 100)
    return words.ok ? accept({ kind: 'claimCompletion', words: words.value }) : words
  }),
)

const review = onCommand(contract.review, (ctx, { assignmentId, serial, outcome, reason }) => act(ctx, assignmentId, () => accept({ kind: 'review', serial, outcome, reason })))

const close = onCommand(contract.close, (ctx, { assignmentId, opinion }) => act(ctx, assignmentId, () => accept({ kind: 'close', opinion })))

const requestExtension = onCommand(contract.requestExtension, (ctx, { assignmentId, dueOn, reason }) =>
  act(ctx, assignmentId, () => accept({ kind: 'requestExtension', to: dueOn, reason })),
)

const decideExtension = onCommand(contract.decideExtension, (ctx, { assignmentId, approved, opinion }) =>
  act(ctx, assignmentId, () => accept({ kind: 'decideExtension', approved, opinion })),
)

const urge = onCommand(contract.urge, (ctx, { assignmentId, note }) => act(ctx, assignmentId, () => accept({ kind: 'urge', note })))

const suspend = onCommand(contract.suspend, (ctx, { assignmentId, reason }) => act(ctx, assignmentId, () => accept({ kind: 'suspend', reason })))

const resume = onCommand(contract.resume, (ctx, { assignmentId, dueOn }) => act(ctx, assignmentId, () => accept({ kind: 'resume', dueOn: dueOn ?? null })))

const cancel = onCommand(contract.cancel, (ctx, { assignmentId, reason }) => act(ctx, assignmentId, () => accept({ kind: 'cancel', reason })))

/** Operations of this file. */
export const actOperations: readonly Operation[] = [sign, report, claim, review, close, requestExtension, decideExtension, urge, suspend, resume, cancel]
