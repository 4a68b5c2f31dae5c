/** Which seal belongs to each place of a document: one for each organ that issues it (联合行文). */
import { findPlace, type SealNeed } from '@xiewen/shared/seals'
import { getUnit } from '../directory/index.ts'
import type { PlacedAnchor } from '../documents/index.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { listApplicationsOf, listSealsOn } from './applications.ts'
import { listSeals } from './repository.ts'
import type { SealRecord } from './tables.ts'

/** A document as far as its seals are concerned; `digest` is that of its file as it is now. */
export interface SealedDocument {
  readonly id: string
  readonly digest: string
  readonly organId: string
  readonly sealAnchors: readonly PlacedAnchor[]
}

async function namesOf(db: ReadDb, seal: SealRecord): Promise<readonly string[]> {
  const organ = await getUnit(db, seal.unit_id)
  return [seal.name, organ?.shortName ?? seal.name]
}

/** Every place with its organ's seal (法定名称章 in use) and how far its use has come. */
export async function listNeeds(db: ReadDb, document: SealedDocument): Promise<readonly SealNeed[]> {
  const seals = (await listSeals(db)).filter((seal) => seal.kind === 'organ' && (seal.state === 'active' || seal.state === 'suspended'))
  const owned = await Promise.all(seals.map(async (seal) => ({ seal, names: await namesOf(db, seal) })))
  const asked = new Set((await listApplicationsOf(db, document.id)).filter((row) => row.state === 'applied' || row.state === 'permitted').map((row) => row.seal_id))
  const impressed = await listSealsOn(db, document.id, document.digest)
  return document.sealAnchors.map((anchor) => {
    const alone = document.sealAnchors.length === 1
    const found = owned.find(({ seal, names }) => findPlace([anchor], { names, issues: alone && seal.organ_id === document.organId }).ok)?.seal
    return {
      organ: anchor.organ,
      page: anchor.page,
      // Safe because ids come from `newId`.
      sealId: (found?.id ?? null) as SealNeed['sealId'],
      sealName: found?.name ?? '',
      custodianName: found?.custodian_name ?? '',
      state: found === undefined ? 'none' : impressed.has(found.id) ? 'impressed' : asked.has(found.id) ? 'asked' : 'none',
    }
  })
}

/** Whether every place has its seal once `sealId` is impressed. A place whose organ has no seal here waits for nobody. */
export async function isComplete(db: ReadDb, document: SealedDocument, sealId: string): Promise<boolean> {
  return (await listNeeds(db, document)).every((need) => need.sealId === null || need.sealId === sealId || need.state === 'impressed')
}
