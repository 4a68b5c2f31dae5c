/** Reads what can be supervised out of a document, and finds the units its notes name. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { Unit, UnitId } from '@xiewen/shared/directory'
import { type DocumentView, findAssignments, type OfficialDocument, type ProposedAssignment } from '@xiewen/shared/documents'
import type { Proposal } from '@xiewen/shared/supervision'
import { listUnits } from '../directory/index.ts'
import { getDocumentFor, getFrozen, readLiveDocument } from '../documents/index.ts'
import type { QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { listOfSource } from './repository.ts'

/** A document that may be supervised, with its items. */
export interface SourceDocument {
  readonly document: DocumentView
  readonly items: readonly ProposedAssignment[]
}

/** Reads a signed or received document the caller may see. */
export async function readSource(ctx: QueryContext, documentId: string): Promise<Result<SourceDocument>> {
  const document = await getDocumentFor(ctx.db, ctx.actor, documentId)
  if (!document) return refuse('supervision.source-not-found')
  const text = await settledText(ctx.db, document)
  return text ? accept({ document, items: findAssignments(text) }) : refuse('supervision.document-not-issued')
}

async function settledText(db: ReadDb, document: DocumentView): Promise<OfficialDocument | null> {
  const frozen = await getFrozen(db, document.id)
  if (frozen) return frozen.document
  return document.state === 'incoming' ? readLiveDocument(db, document.id) : null
}

/** Proposals for the items of a document: units found, items already supervised marked. */
export async function presentProposals(db: ReadDb, { document, items }: SourceDocument): Promise<Proposal[]> {
  const units = await listUnits(db)
  const made = new Map((await listOfSource(db, document.id)).map((each) => [each.source.block, each]))
  return items.map((item) => {
    const existing = made.get(item.block)
    const named = namedUnits(item, units)
    const ids = [...new Set(named.flatMap((each) => each.units.map((unit) => unit.unitId)))]
    const leadUnitId = named[0]?.units[0]?.unitId ?? null
    return {
      block: item.block,
      label: item.path,
      title: item.heading,
      task: item.text,
      quote: quoteOf(item),
      units: named,
      leadUnitId,
      supportUnitIds: ids.filter((id) => id !== leadUnitId),
      existing: existing ? { id: existing.id, number: existing.number, state: existing.state } : null,
    }
  })
}

/** The words of the source: heading, matter and the note that names the units. */
export function quoteOf(item: ProposedAssignment): string {
  const heading = item.text.startsWith(item.heading) ? '' : `${item.heading}。`
  const supports = item.supports.length > 0 ? `，${item.supports.join('、')}配合` : ''
  return `${item.label}${heading}${item.text}（${item.leads.join('、')}牵头${supports}）`
}

/** The first lead named is the lead (牵头单位); other leads and those who support work with it. */
function namedUnits(item: ProposedAssignment, units: readonly Unit[]): Proposal['units'] {
  const [lead, ...others] = item.leads
  const names = [...(lead === undefined ? [] : [{ name: lead, role: 'lead' as const }]), ...[...others, ...item.supports].map((name) => ({ name, role: 'support' as const }))]
  return names.map(({ name, role }) => ({ name, role, units: resolveUnits(name, units).map((unit) => ({ unitId: unit.id, unitName: unit.shortName || unit.name })) }))
}

/** Units a name stands for: by full or short name; 各县（市、区） stands for the first organ of every region below the root. */
export function resolveUnits(name: string, units: readonly Unit[]): readonly Unit[] {
  const plain = normalise(name)
  const exact = units.find((unit) => normalise(unit.name) === plain || normalise(unit.shortName) === plain)
  if (exact) return [exact]
  if (/^各(?:县|区|市|地区|乡镇|镇街)/.test(plain)) return regionalOrgans(units)
  // 湛江市财政局 and 市财政局 name the same unit; an office may be named for its government.
  const ending = units.filter((unit) => unit.kind === 'organ' && plain.length >= 4 && (normalise(unit.name).endsWith(plain) || plain.endsWith(normalise(unit.shortName))) && unit.shortName !== '')
  return ending.length === 1 ? ending : []
}

function regionalOrgans(units: readonly Unit[]): readonly Unit[] {
  const root = units.find((unit) => unit.parentId === null)
  const regions = units.filter((unit) => unit.kind === 'region' && unit.parentId === (root?.id ?? null) && unit.id !== root?.id)
  return regions.flatMap((region) => units.find((unit) => unit.kind === 'organ' && isUnder(unit, region.id)) ?? [])
}

function isUnder(unit: Unit, regionId: UnitId): boolean {
  return unit.parentId === regionId
}

function normalise(name: string): string {
  return name.replaceAll(/\s/g, '').replaceAll('(', '（').replaceAll(')', '）')
}
