/** Proposing and assigning (立项、交办). */
import { accept, civilDateAt, type Result, refuse } from '@xiewen/shared/base'

import { decideAssignment, leadOf, type NewAssignment, type Order, supervisionContract as contract } from '@xiewen/shared/supervision'
import type { z } from 'zod'
import { getPost, getUnit } from '../../directory/index.ts'
import { getDocumentFor } from '../../documents/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { type Operation, onCommand, onQuery } from '../../platform/slice.ts'
import { applyEvent, receiversOf } from '../apply.ts'
import { type AssignmentOrigin, proposeAssignment } from '../create.ts'
import { presentProposals, quoteOf, readSource, type SourceDocument } from '../proposals.ts'
import { byOf, relationOf, supervisorPost } from '../relation.ts'
import { findAssignmentFor, listOfSource, nextNumber, type StoredAssignment } from '../repository.ts'

const propose = onQuery(contract.propose, async (ctx, input) => {
  const source = await readSource(ctx, input.documentId)
  if (!source.ok) return source
  const { id, title, state, number } = source.value.document
  return accept({ document: { id, title, state, number }, proposals: await presentProposals(ctx.db, source.value) })
})

const create = onCommand(contract.create, async (ctx, input) => {
  const stored = await putForward(ctx, input, new Map())
  if (!stored.ok) return stored
  const { id, state, version } = stored.value.assignment
  return accept({ assignmentId: id, state, version })
})

type Item = z.output<typeof contract.assign.input>['items'][number]

/** All items are assigned, or none: a refusal undoes the whole command. */
const assign = onCommand(contract.assign, async (ctx, input) => {
  const assigned = []
  const sources = new Map<string, SourceDocument>()
  for (const item of input.items) {
    const stored = item.kind === 'existing' ? await findStored(ctx, item.assignmentId) : await putForward(ctx, item, sources)
    if (!stored.ok) return stored
    const done = await assignOne(ctx, stored.value, item)
    if (!done.ok) return done
    assigned.push(done.value)
  }
  return accept({ assigned })
})

async function findStored(ctx: CommandContext, id: string): Promise<Result<StoredAssignment>> {
  const found = await findAssignmentFor(ctx.db, ctx.actor, id)
  return found ? accept(found) : refuse('supervision.not-found')
}

async function assignOne(ctx: CommandContext, stored: StoredAssignment, item: Item) {
  const { assignment } = stored
  const parts = []
  for (const [index, unitId] of [item.leadUnitId, ...item.supportUnitIds].entries()) {
    const unit = await getUnit(ctx.db, unitId)
    if (!unit) return refuse('supervision.unknown-unit')
    if ((await receiversOf(ctx.db, unit.id)).length === 0) return refuse('supervision.nobody-receives', { unit: unit.name })
    parts.push({ unitId: unit.id, unitName: unit.shortName || unit.name, role: index === 0 ? ('lead' as const) : ('support' as const) })
  }
  const number = await nextNumber(ctx.db, assignment.organId, Number(civilDateAt(ctx.now).slice(0, 4)))
  const order: Order = { kind: 'assign', number, parts, dueOn: item.dueOn, feedback: item.feedback }
  const through = supervisorPost(ctx.actor, assignment.organId) ?? undefined
  const decided = decideAssignment(assignment, order, { relation: relationOf(ctx.actor, assignment), by: byOf(ctx.actor, through), now: ctx.now, calendar: ctx.services.calendar.current() })
  if (!decided.ok) return decided
  const after = await applyEvent(ctx, stored, decided.value, through)
  if (leadOf(after) === null || after.number === null) throw new Error('Bug: assigned without lead or number')
  return accept({ assignmentId: after.id, number: after.number })
}

/** Checks the source and stores the matter as proposed. Words of a document are read from it, not taken from the caller. */
async function putForward(ctx: CommandContext, matter: NewAssignment, sources: Map<string, SourceDocument>): Promise<Result<StoredAssignment>> {
  const through = supervisorPost(ctx.actor)
  if (!through) return refuse('supervision.not-supervisor')
  if (matter.leaderPostId !== undefined && !(await getPost(ctx.db, matter.leaderPostId))) return refuse('supervision.unknown-leader')
  const source = await checkSource(ctx, matter, sources)
  if (!source.ok) return source
  const origin: AssignmentOrigin = {
    organ: { id: through.organId, name: through.organName },
    sourceTitle: source.value.title,
    by: byOf(ctx.actor, through),
    through,
  }
  return accept(await proposeAssignment(ctx, { ...plain(matter), source: source.value.source }, origin))
}

function plain(matter: NewAssignment): NewAssignment {
  const { source, title, task, standard, urgency, leaderPostId } = matter
  return { source, title, task, standard, urgency, ...(leaderPostId === undefined ? {} : { leaderPostId }) }
}

async function checkSource(ctx: CommandContext, matter: NewAssignment, sources: Map<string, SourceDocument>): Promise<Result<{ readonly source: NewAssignment['source']; readonly title: string }>> {
  const { source } = matter
  if (source.documentId === null) return accept({ source: { ...source, block: null }, title: source.label })
  if (source.kind !== 'document') {
    const document = await getDocumentFor(ctx.db, ctx.actor, source.documentId)
    return document ? accept({ source, title: document.title }) : refuse('supervision.source-not-found')
  }
  const read = sources.get(source.documentId) ?? (await readOnce(ctx, source.documentId, sources))
  if (!('items' in read)) return read
  if (source.block === null) return accept({ source, title: read.document.title })
  const item = read.items.find((each) => each.block === source.block)
  if (!item) return refuse('supervision.source-not-found')
  if ((await listOfSource(ctx.db, source.documentId)).some((each) => each.source.block === source.block)) return refuse('supervision.already-supervised', { title: matter.title })
  return accept({ source: { ...source, label: item.path, quote: quoteOf(item).slice(0, 8000) }, title: read.document.title })
}

async function readOnce(ctx: CommandContext, documentId: string, sources: Map<string, SourceDocument>): Promise<SourceDocument | Extract<Result<never>, { ok: false }>> {
  const read = await readSource(ctx, documentId)
  if (!read.ok) return read
  sources.set(documentId, read.value)
  return read.value
}

/** Operations of this file. */
export const assignOperations: readonly Operation[] = [propose, create, assign]
