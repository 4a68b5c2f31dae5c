/** 发文稿纸 and 收文处理单 as pages: everything the sheet says, gathered from document, case and opinions. */
import { blockText, cleanText, type Layout, layoutSheet } from '@xiewen/shared/documents'
import { type IncomingFacts, type SheetFacts, type SheetOpinion, sheetOf, stepKeys } from '@xiewen/shared/workflow'
import { z } from 'zod'
import { getPosts, getUnit } from '../directory/index.ts'
import { findDocument, listAttachments, presentDocument, readLiveDocument } from '../documents/index.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { Fonts } from '../platform/fonts/index.ts'
import { isWithdrawn } from './present.ts'
import { listCasesOfDocument, listOpinions, listReadings, type StoredCase, statementOf } from './repository.ts'
import type { WorkflowTables } from './tables.ts'

/** Shape of what the register of received documents told when the case was started. */
export const incomingFactsSchema = z.object({ registerNumber: z.string(), fromName: z.string(), number: z.string(), copies: z.number(), receivedAt: z.number() })

/** Keeps what the register knows, for the sheet. */
export async function storeIncoming(db: WriteDb, documentId: string, facts: IncomingFacts): Promise<void> {
  const body = JSON.stringify(facts)
  await tables<WorkflowTables>(db)
    .insertInto('workflow_incoming')
    .values({ document_id: documentId, facts: body })
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ facts: body }))
    .execute()
}

/** The sheet of a document, laid out; null for an unknown document. */
export async function layOutSheet(db: ReadDb, documentId: string, fonts: Fonts): Promise<Layout | null> {
  const facts = await readFacts(db, documentId)
  return facts && layoutSheet(sheetOf(facts), fonts.metrics)
}

async function readFacts(db: ReadDb, documentId: string): Promise<SheetFacts | null> {
  const row = await findDocument(db, documentId)
  if (!row) return null
  const view = presentDocument(row)
  const text = await readLiveDocument(db, documentId)
  // Oldest first: what was said in a case that was stopped belongs to the sheet as much as the last one.
  const cases = (await listCasesOfDocument(db, documentId)).toReversed()
  const files = await listAttachments(db, documentId)
  const noted = text.blocks.flatMap((block) => (block.kind === 'attachment-note' ? [cleanText(block.runs)] : []))
  const recipients = text.blocks.find((block) => block.kind === 'recipients')
  return {
    template: view.origin === 'incoming' ? 'incoming' : 'outgoing',
    organName: view.organName,
    unitName: view.unitName,
    drafterName: view.ownerName,
    title: view.title,
    elements: { ...text.elements, number: view.number ?? text.elements.number },
    recipients: recipients ? blockText(recipients).replace(/[：:]\s*$/u, '') : '',
    attachments: noted.length > 0 ? noted : files.map((file) => file.name),
    startedAt: view.createdAt,
    opinions: (await Promise.all(cases.map((each) => readOpinions(db, each, view.organId)))).flat(),
    incoming: await findIncoming(db, documentId),
  }
}

async function findIncoming(db: ReadDb, documentId: string): Promise<IncomingFacts | null> {
  const row = await tables<WorkflowTables>(db).selectFrom('workflow_incoming').select('facts').where('document_id', '=', documentId).executeTakeFirst()
  return row ? incomingFactsSchema.parse(JSON.parse(row.facts)) : null
}

/** Opinions with their signatures' words, then what readers wrote. */
async function readOpinions(db: ReadDb, found: StoredCase, organId: string): Promise<readonly SheetOpinion[]> {
  const rows = await listOpinions(db, found.row.id)
  const readings = await listReadings(db, found.row.id)
  const organs = await foreignOrgans(db, rows.map((row) => statementOf(row).post.id), organId)
  const spoken = rows.map((row): SheetOpinion => {
    const { step, code, opinion, person, post, onBehalfOf, at } = statementOf(row)
    return { step: stepNamed(step), code, text: opinion, personName: person.name, postTitle: post.title, unitName: `${organs.get(post.id) ?? ''}${post.unit}`, onBehalfOf, at, withdrawn: isWithdrawn(row, found.state) }
  })
  const known = new Set(spoken.map((each) => `${each.personName} ${each.text}`))
  const read = readings.flatMap((row): readonly SheetOpinion[] => {
    const isNew = row.read_at !== null && row.opinion !== '' && !known.has(`${row.read_by} ${row.opinion}`)
    return isNew ? [{ step: null, code: 'READ', text: row.opinion, personName: row.read_by ?? '', postTitle: '', unitName: '', onBehalfOf: null, at: Number(row.read_at), withdrawn: false }] : []
  })
  return [...spoken, ...read]
}

/** Names of the organs of posts that are not of the document's own: a section alone says too little of who countersigned. */
async function foreignOrgans(db: ReadDb, postIds: readonly string[], organId: string): Promise<ReadonlyMap<string, string>> {
  const organs = new Map<string, string>()
  for (const post of await getPosts(db, [...new Set(postIds)])) {
    const organ = post.organId === organId ? null : await getUnit(db, post.organId)
    if (organ && !post.unitName.startsWith(organ.name)) organs.set(post.id, organ.name)
  }
  return organs
}

function stepNamed(name: string | null): SheetOpinion['step'] {
  return stepKeys.find((key) => key === name) ?? null
}
