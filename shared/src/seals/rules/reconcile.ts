/** 核对: permits, impressions and the ledger of acts held against each other, line by line. Whatever has no counterpart is a finding, and
 * there must be none. Source: 《国务院关于国家行政机关和企业事业单位社会团体印章管理的规定》(国发〔1999〕25号) 24 (用印登记) */

import { lineageOf } from './lineage.ts'

/** What a line says of a use, by field. The act that tells of the same use says the same. */
export type Said = Readonly<Record<string, string | number>>

/** Whether a line says something else than its act. Acts of earlier versions tell of fewer fields; what they do not tell of is not compared. */
export function isAltered(line: Said, act: Said): boolean {
  return Object.entries(line).some(([field, value]) => act[field] !== undefined && act[field] !== value)
}

/** A permit. Times are ms UTC, null before they happened. */
export interface PermitLine {
  readonly id: string
  readonly applicationId: string
  readonly sealId: string
  readonly digest: string
  readonly usedAt: number | null
  readonly endedAt: number | null
  readonly validUntil: number
  readonly says?: Said
}

/** An impression: the file it was made on and the file it became. */
export interface ImpressionLine {
  readonly id: string
  readonly permitId: string
  readonly applicationId: string
  readonly sealId: string
  readonly digest: string
  readonly sealedDigest: string
  readonly says?: Said
}

/** An act as the ledger of acts has it: 用印许可 issued, or seal impressed, on an application. */
export interface ActLine {
  readonly kind: 'permitted' | 'impressed'
  readonly applicationId: string
  readonly sealId: string
  readonly says?: Said
  /** False where the act's own record was changed since (its hash is another). */
  readonly isSound?: boolean
}

/** What can be wrong, each with the row it was found on. */
export const findingKinds = [
  'impression-without-permit', 'impression-of-other-file', 'permit-without-impression', 'impression-not-recorded', 'impression-gone', 'permit-not-recorded', 'permit-gone',
  'impression-altered', 'permit-altered', 'act-altered',
] as const
/** One thing wrong. `id` is that of the permit, the impression or, for rows that are gone, the application. */
export interface Finding {
  readonly kind: (typeof findingKinds)[number]
  readonly sealId: string
  readonly id: string
}

/** Everything known about the use of seals. */
export interface Books {
  readonly permits: readonly PermitLine[]
  readonly impressions: readonly ImpressionLine[]
  readonly acts: readonly ActLine[]
}

/** Counts and findings. */
export interface Reckoning {
  readonly permits: number
  readonly open: number
  readonly used: number
  readonly lapsed: number
  readonly impressions: number
  readonly findings: readonly Finding[]
}

/** Holds the books against each other at a moment (ms UTC). */
export function reconcileBooks(books: Books, now: number): Reckoning {
  const { permits, impressions, acts } = books
  const used = permits.filter((permit) => permit.usedAt !== null).length
  const open = permits.filter((permit) => permit.usedAt === null && permit.endedAt === null && permit.validUntil > now).length
  const findings = [...impressions.flatMap(judgeImpression(books)), ...unusedPermits(books), ...unrecorded(books), ...altered(books), ...missing(permits, impressions, acts)]
  return { permits: permits.length, open, used, lapsed: permits.length - used - open, impressions: impressions.length, findings }
}

/** Every impression needs a used permit for the same seal, for that file or for one that has only gained other organs' seals (联合行文). */
function judgeImpression({ permits, impressions }: Books): (line: ImpressionLine) => readonly Finding[] {
  const permitOf = new Map(permits.map((permit) => [permit.id, permit]))
  const leadsTo = lineageOf(new Map(impressions.map((line) => [line.digest, line.sealedDigest])))
  return ({ id, permitId, sealId, digest }) => {
    const permit = permitOf.get(permitId)
    if (permit === undefined || permit.usedAt === null || permit.sealId !== sealId) return [{ kind: 'impression-without-permit', sealId, id }]
    return leadsTo(permit.digest, digest) ? [] : [{ kind: 'impression-of-other-file', sealId, id }]
  }
}

function unusedPermits({ permits, impressions }: Books): readonly Finding[] {
  const impressed = new Set(impressions.map((line) => line.permitId))
  return permits.filter((permit) => permit.usedAt !== null && !impressed.has(permit.id)).map(({ sealId, id }) => ({ kind: 'permit-without-impression', sealId, id }))
}

/** Rows that no recorded act explains. */
function unrecorded({ permits, impressions, acts }: Books): readonly Finding[] {
  const told = (kind: ActLine['kind']): ReadonlySet<string> => new Set(acts.filter((act) => act.kind === kind).map((act) => act.applicationId))
  const [permitted, impressed] = [told('permitted'), told('impressed')]
  return [
    ...permits.filter((line) => !permitted.has(line.applicationId)).map(({ sealId, id }): Finding => ({ kind: 'permit-not-recorded', sealId, id })),
    ...impressions.filter((line) => !impressed.has(line.applicationId)).map(({ sealId, id }): Finding => ({ kind: 'impression-not-recorded', sealId, id })),
  ]
}

/** Lines exchanged for others, or changed, behind the back of the product: their acts say otherwise. */
function altered({ permits, impressions, acts }: Books): readonly Finding[] {
  const actOf = new Map(acts.map((act) => [`${act.kind} ${act.applicationId}`, act]))
  const judge = (line: PermitLine | ImpressionLine, act: ActLine | undefined, kind: Finding['kind']): readonly Finding[] => {
    if (act === undefined) return []
    const { sealId, id } = line
    if (act.isSound === false) return [{ kind: 'act-altered', sealId, id }]
    return line.says !== undefined && act.says !== undefined && isAltered(line.says, act.says) ? [{ kind, sealId, id }] : []
  }
  return [
    ...permits.flatMap((line) => judge(line, actOf.get(`permitted ${line.applicationId}`), 'permit-altered')),
    ...impressions.flatMap((line) => judge(line, actOf.get(`impressed ${line.applicationId}`), 'impression-altered')),
  ]
}

/** Recorded acts whose row is gone. */
function missing(permits: readonly PermitLine[], impressions: readonly ImpressionLine[], acts: readonly ActLine[]): readonly Finding[] {
  const [permitted, impressed] = [new Set(permits.map((line) => line.applicationId)), new Set(impressions.map((line) => line.applicationId))]
  return acts
    .filter(({ kind, applicationId }) => !(kind === 'permitted' ? permitted : impressed).has(applicationId))
    .map(({ kind, sealId, applicationId: id }) => ({ kind: kind === 'permitted' ? 'permit-gone' : 'impression-gone', sealId, id }))
}
