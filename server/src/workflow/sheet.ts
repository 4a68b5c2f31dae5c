/** 发文稿纸 and 收文处理单 as pages: everything the sheet says, gathered from document, case and opinions. */
import { blockText, cleanText, type Layout, layoutSheet } from '@xiewen/shared/documents'
import { type IncomingFacts, type SheetFacts, type SheetOpinion, type SheetReading, sheetOf, stepKeys } from '@xiewen/shared/workflow'
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
  const said = await Promise.all(cases.map((each) => readOpinions(db, each, view.organId)))
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
    opinions: said.flatMap((each) => each.opinions),
    readings: said.flatMap((each) => each.readings),
    incoming: await findIncoming(db, documentId),
  }
}

async function findIncoming(db: ReadDb, documentId: string): Promise<IncomingFacts | null> {
  const row = await tables<WorkflowTables>(db).selectFrom('workflow_incoming').select('facts').where('document_id', '=', documentId).executeTakeFirst()
  return row ? incomingFactsSchema.parse(JSON.parse(row.facts)) : null
}

/** What was said in a case, without what readers said: that stands beside their names. */
async function readOpinions(db: ReadDb, found: StoredCase, organId: string): Promise<{ readonly opinions: readonly SheetOpinion[]; readonly readings: readonly SheetReading[] }> {
  const rows = await listOpinions(db, found.row.id)
  const asked = await listReadings(db, found.row.id)
  const statements = rows.map((row) => ({ row, statement: statementOf(row) }))
  const organs = await foreignOrgans(db, [...statements.map(({ statement }) => statement.post.id), ...asked.map((row) => row.post_id)], organId)
  /** The statement a reader signed last; one of an earlier round stays among the opinions. */
  const signedOf = (postId: string) => statements.findLast(({ statement: { code, post } }) => isReading(code) && post.id === postId)
  const taken = new Set(asked.flatMap((row) => (row.read_at === null ? [] : [signedOf(row.post_id)?.row])))
  const opinions = statements.filter(({ row }) => !taken.has(row)).map(({ row, statement }): SheetOpinion => {
    const { step, code, opinion, person, post, onBehalfOf, at } = statement
    return { step: stepNamed(step), code, text: opinion, personName: person.name, postTitle: post.title, unitName: `${organs.get(post.id) ?? ''}${post.unit}`, onBehalfOf, at, withdrawn: isWithdrawn(row, found.state) }
  })
  const posts = new Map((await getPosts(db, asked.map((row) => row.post_id))).map((post) => [post.id as string, post]))
  const readings = asked.map((row): SheetReading => {
    const post = posts.get(row.post_id)
    const signed = row.read_at === null ? undefined : signedOf(row.post_id)?.statement
    return {
      unitName: `${organs.get(row.post_id) ?? ''}${signed?.post.unit ?? post?.unitName ?? ''}`,
      postTitle: signed?.post.title ?? post?.title ?? '',
      personName: row.read_by ?? post?.personName ?? '',
      sentAt: Number(row.at),
      readAt: row.read_at === null ? null : Number(row.read_at),
      code: signed?.code === 'CIRCLE' ? 'CIRCLE' : 'READ',
      opinion: row.opinion,
    }
  })
  return { opinions, readings }
}

function isReading(code: string): boolean {
  return code === 'READ' || code === 'CIRCLE'
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
