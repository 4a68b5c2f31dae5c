/** What lines of the books and the acts that tell of them say, field by field, so that they can be held against each other. */
import type { RecordedFact } from '@xiewen/shared/base'
import { type Finding, isAltered, type Said } from '@xiewen/shared/seals'
import { listCheckedActsOn } from '../platform/audit/read.ts'
import type { ReadDb } from '../platform/database/index.ts'
import type { ImpressionRecord, PermitRecord } from './tables.ts'

/** A line of the register of impressions. Places in hundredths of a millimetre, times ms UTC. */
export function saidByImpression(row: ImpressionRecord): Said {
  return {
    impressionId: row.id, permitId: row.permit_id, applicationId: row.application_id, sealId: row.seal_id, documentId: row.document_id, sealName: row.seal_name, title: row.title, number: row.number,
    digest: row.digest, sealedDigest: row.sealed_digest, ofdDigest: row.ofd_digest ?? '', page: row.page, x: row.x_hundredths, y: row.y_hundredths, keeperId: row.keeper_id, keeperName: row.keeper_name,
    onBehalfOf: row.on_behalf_of, applicantName: row.applicant_name, approverName: row.approver_name, at: Number(row.at),
  }
}

/** A permit. */
export function saidByPermit(row: PermitRecord): Said {
  return { applicationId: row.application_id, sealId: row.seal_id, documentId: row.document_id, digest: row.digest, validUntil: Number(row.valid_until) }
}

/** The act of a permit: who recorded it approved, and keeps nothing. */
export function saidByPermission({ subject, data }: RecordedFact): Said {
  return { ...textsAndNumbers(data), applicationId: subject.id }
}

/** The act of an impression. */
export function saidByAct({ subject, actor, at, data }: RecordedFact): Said {
  const told = textsAndNumbers(data)
  const places = Object.fromEntries(['x', 'y'].flatMap((field) => (typeof told[field] === 'number' ? [[field, Math.round(told[field] * 100)]] : [])))
  return { ...told, ...places, applicationId: subject.id, at, ...(actor === null ? {} : { keeperId: actor.personId, keeperName: actor.personName }) }
}

function textsAndNumbers(data: RecordedFact['data']): Said {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'))
}

/** Holds lines that are about to be shown against the acts that made them: two questions for a page, whatever the size of the books. */
export async function judgeShown(db: ReadDb, rows: readonly ImpressionRecord[]): Promise<readonly Finding[]> {
  const acts = new Map((await listCheckedActsOn(db, 'seals.impressed', rows.map((row) => row.application_id))).map((act) => [act.fact.subject.id, act]))
  return rows.flatMap((row): readonly Finding[] => {
    const act = acts.get(row.application_id)
    const kind = act === undefined ? 'impression-not-recorded' : !act.isSound ? 'act-altered' : isAltered(saidByImpression(row), saidByAct(act.fact)) ? 'impression-altered' : null
    return kind === null ? [] : [{ kind, sealId: row.seal_id, id: row.id }]
  })
}
