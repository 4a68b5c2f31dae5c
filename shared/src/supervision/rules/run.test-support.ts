/** Hands for the kernel's tests: one assignment, walked order by order. */
import { builtInCalendar } from '../../base/calendar/index.ts'
import { civilDate, startOfDay } from '../../base/instant.ts'
import { personIdSchema, unitIdSchema } from '../../directory/index.ts'
import type { Order } from '../events.ts'
import { type Assignment, assignmentIdSchema, type By } from '../model.ts'
import type { Relation } from '../policy.ts'
import { decideAssignment } from './decide.ts'
import { evolveAssignment } from './evolve.ts'

/** Lead unit of the samples. */
export const lead = unitIdSchema.parse('01h0000000000000000000000a')
/** Supporting unit of the samples. */
export const support = unitIdSchema.parse('01h0000000000000000000000b')
/** Whoever acts. */
export const by: By = { personId: personIdSchema.parse('01h0000000000000000000000c'), name: '甲', onBehalfOf: null }
/** A stranger. */
export const nobody: Relation = { isSupervisor: false, isWatcher: false, handles: [], heads: [] }
/** The supervisor. */
export const supervisor: Relation = { ...nobody, isSupervisor: true }
/** Somebody who handles for the lead unit. */
export const unitPerson: Relation = { ...nobody, handles: [lead] }
/** The head of the lead unit. */
export const unitHead: Relation = { ...nobody, handles: [lead], heads: [lead] }

/** A proposal made in the morning of a day. */
export function aProposal(day: string): Assignment {
  return {
    id: assignmentIdSchema.parse('01h0000000000000000000000d'), version: 0, state: 'proposed', resumesTo: null, number: null, organId: unitIdSchema.parse('01h0000000000000000000000e'),
    organName: '市政府办公室', title: '事项', task: '', standard: '', urgency: 'none', source: { kind: 'instruction', documentId: null, block: null, label: '市长批示', quote: '' },
    leaderPostId: null, feedback: 'once', parts: [], createdAt: startOfDay(civilDate(day)), createdBy: by, assignedAt: null, assignedOn: null, signBy: null, dueOn: null,
    reports: [], extensions: [], urges: [], finishedOn: null, remark: '', endedAt: null,
  }
}

/** An assignment that is acted upon; time stands at nine in the morning until it is moved. */
export class Run {
  assignment: Assignment
  now: number

  constructor(day: string, assignment: Assignment = aProposal(day)) {
    this.assignment = assignment
    this.now = startOfDay(civilDate(day)) + 9 * 3_600_000
  }

  /** Moves on to nine in the morning of a day. */
  on(day: string): this {
    this.now = startOfDay(civilDate(day)) + 9 * 3_600_000
    return this
  }

  /** Does it, or throws with the refusal. */
  must(order: Order, relation: Relation): this {
    const decided = decideAssignment(this.assignment, order, { relation, by, now: this.now, calendar: builtInCalendar })
    if (!decided.ok) throw new Error(decided.refusal.code)
    this.assignment = evolveAssignment(this.assignment, decided.value)
    return this
  }

  /** The refusal's code, or `done`; nothing is changed. */
  code(order: Order, relation: Relation): string {
    const decided = decideAssignment(this.assignment, order, { relation, by, now: this.now, calendar: builtInCalendar })
    return decided.ok ? 'done' : decided.refusal.code
  }

  /** Assigned to lead and support, and signed by the lead. */
  assigned(dueOn: string, feedback: Assignment['feedback'] = 'once'): this {
    const parts = [{ unitId: lead, unitName: '市A局', role: 'lead' }, { unitId: support, unitName: '市B局', role: 'support' }] as const
    this.must({ kind: 'assign', number: { year: 2026, serial: 1 }, parts, dueOn: civilDate(dueOn), feedback }, supervisor)
    return this.must({ kind: 'accept', unitId: lead }, unitPerson)
  }

  report(percent: number): this {
    return this.must({ kind: 'report', unitId: lead, words: { progress: '进展', percent, problems: '', nextSteps: '', evidence: [] } }, unitPerson)
  }
}
