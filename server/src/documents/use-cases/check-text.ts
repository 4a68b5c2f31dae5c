/** The checker on the server: what counts at 送审. */
import { accept, type CivilDate, civilDateAt, instant } from '@xiewen/shared/base'
import { type DocumentNumber, documentsContract, type Finding, type LintContext, lintDocument, lintLayout, reviewsOfFiles, splitIgnored } from '@xiewen/shared/documents'
import { getUnit, listPostsWithDuty, listUnits } from '../../directory/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import type { ReadDb } from '../../platform/database/index.ts'
import { onQuery } from '../../platform/slice.ts'
import { listAttachments } from '../attachments.ts'
import { listSerialsOfOthers } from '../numbers.ts'
import { listIgnored, readCheckerSetting } from '../checker-store.ts'
import { layOut, readPrintText } from '../print-text.ts'
import { listSealedOrgans } from '../renditions.ts'
import { findDocument, numberOf } from '../repository.ts'
import { findScene } from '../scene.ts'
import { signsInUse } from '../signs-in-use.ts'
import { getFrozen } from '../versions.ts'
import type { DocumentRecord } from '../tables.ts'

const lint = onQuery(documentsContract.lint, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row } = found.value
  const text = await readPrintText(ctx.db, row, ctx.now)
  const context = { ...(await lintContext(ctx.db, row, text.document.elements.number)), signs: signsInUse(ctx.services.fonts) }
  const layout = layOut(text, ctx.services.fonts, false)
  const { open } = splitIgnored(text.document, lintDocument(text.document, context), await listIgnored(ctx.db, row.id))
  const findings = [...open, ...lintLayout(text.document, layout, context)]
  return accept({
    errors: findings.filter((finding) => finding.severity === 'error').length,
    warnings: findings.filter((finding) => finding.severity === 'warning').length,
    findings: findings.map(presentFinding),
  })
})

function presentFinding({ rule, severity, clause, params, block, element, page }: Finding) {
  return { rule, severity, clause, params: { ...params }, block, element, page }
}

/** Findings of the live text and of its pages, for the workflow's gate before 送审; empty for an unknown document. */
export async function checkDocument(ctx: Pick<QueryContext, 'db' | 'now' | 'services'>, documentId: string): Promise<readonly Finding[]> {
  const row = await findDocument(ctx.db, documentId)
  if (!row) return []
  const text = await readPrintText(ctx.db, row, ctx.now)
  const context = { ...(await lintContext(ctx.db, row, text.document.elements.number)), signs: signsInUse(ctx.services.fonts) }
  return [...lintDocument(text.document, context), ...lintLayout(text.document, layOut(text, ctx.services.fonts, false), context)]
}

/** What the directory knows that the rules ask for: names of organs, superiors and subordinates of the issuing one, its codes. */
export async function lintContext(db: ReadDb, row: DocumentRecord, number: DocumentNumber | null = numberOf(row)): Promise<LintContext> {
  const units = await listUnits(db)
  const organ = await getUnit(db, row.organ_id)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const ancestors: string[] = []
  for (let unit = organ?.parentId ? byId.get(organ.parentId) : undefined; unit; unit = unit.parentId ? byId.get(unit.parentId) : undefined) {
    if (unit.kind === 'organ') ancestors.push(unit.name)
  }
  const below = units.filter((unit) => unit.kind === 'organ' && isBelow(unit.id, row.organ_id, byId)).map((unit) => unit.name)
  const frozen = await getFrozen(db, row.id)
  const signedOn: CivilDate | null = frozen ? civilDateAt(instant(frozen.at)) : null
  return {
    organNames: units.filter((unit) => unit.kind === 'organ').flatMap((unit) => [unit.name, unit.shortName]),
    superiors: ancestors,
    subordinates: below,
    codes: organ?.codes ?? [],
    leadOrgan: organ ? [organ.name, organ.shortName] : [],
    principals: (await listPostsWithDuty(db, 'principal-leader', row.organ_id)).map((post) => post.personName),
    // A draft read from a file may carry the number it had there; the registry gives the one that counts.
    ...(frozen ? { isSigned: true } : {}),
    house: (await readCheckerSetting(db, row.organ_id)).house,
    ...(signedOn ? { signedOn } : {}),
    ...(number ? { serialsInUse: await listSerialsOfOthers(db, number, row.id) } : {}),
    ...(await sealsOf(db, row)),
    reviews: reviewsOfFiles((await listAttachments(db, row.id)).map((file) => file.name)),
  }
}

/** Organs whose seals the final PDF bears, once there is a sealed one. Orders and bills bear a person's stamp instead. */
async function sealsOf(db: ReadDb, row: DocumentRecord): Promise<Pick<LintContext, 'seals'>> {
  const isSealed = (row.state === 'sealed' || row.state === 'issued') && row.kind !== '命令' && row.kind !== '议案'
  const seals = isSealed ? await listSealedOrgans(db, row.id) : []
  return seals.length === 0 ? {} : { seals }
}

function isBelow(id: string, above: string, byId: ReadonlyMap<string, { readonly parentId: string | null }>): boolean {
  let parent = byId.get(id)?.parentId ?? null
  while (parent !== null && parent !== above) parent = byId.get(parent)?.parentId ?? null
  return parent === above
}

/** Operations of the checker. */
export const checkOperations = [lint]
