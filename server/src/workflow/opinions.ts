/** Opinions: signing them before the transaction, checking them inside it, verifying the stream afterwards. */
import { fromBase64, sm2Verify, sm3, toBase64, toHex } from '@xiewen/crypto'
import { accept, canonicalJson, type Result, refuse } from '@xiewen/shared/base'
import { canonicalForm, pendingChangeIds, type OfficialDocument } from '@xiewen/shared/documents'
import { type OpinionCode, type OpinionStatement, opinionText, type StepKey } from '@xiewen/shared/workflow'
import { readLiveDocument } from '../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../platform/context.ts'
import { isDelegated } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { appendOpinion, findLastOpinion, listOpinions, statementOf } from './repository.ts'
import type { OpinionRecord } from './tables.ts'

/** An opinion signed and ready to be stored. */
export interface SignedOpinion {
  readonly statement: OpinionStatement
  readonly signature: string
  readonly publicKey: string
}

/** What is said, by whom, about what. */
export interface OpinionOrder {
  readonly caseId: string
  readonly documentId: string
  readonly documentVersion: number
  readonly step: StepKey | null
  readonly act: string
  readonly code: OpinionCode
  readonly text: string
  readonly post: ActorPost | DelegatedPost
}

/** SM3 of a text, hex: of its canonical form, or with its pending revisions while there are any. */
export function digestOf(document: OfficialDocument): string {
  const canonical = canonicalForm(document)
  const text = canonical.ok ? canonical.value : canonicalJson(document)
  return toHex(sm3(new TextEncoder().encode(text)))
}

/** How many revisions (修订) still wait in a text. */
export function countPending(document: OfficialDocument): number {
  return pendingChangeIds(document).size
}

/** Signs an opinion with the person's own SM2 key. Slow work: belongs into `prepare`. */
export async function prepareOpinion(ctx: QueryContext, order: OpinionOrder): Promise<SignedOpinion> {
  const last = await findLastOpinion(ctx.db, order.caseId)
  const digest = digestOf(await readLiveDocument(ctx.db, order.documentId))
  const statement: OpinionStatement = {
    format: 'xiewen-opinion-1',
    caseId: order.caseId,
    documentId: order.documentId,
    digest,
    version: order.documentVersion,
    step: order.step,
    act: order.act,
    code: order.code,
    opinion: order.text,
    previousSeq: last?.seq ?? 0,
    previousSignature: last?.signature ?? null,
    at: ctx.now,
    person: { id: ctx.actor.personId, name: ctx.actor.name },
    post: { id: order.post.id, title: order.post.title, unit: order.post.unitName },
    onBehalfOf: isDelegated(order.post) ? order.post.principalName : null,
  }
  const key = await ctx.services.keys.getOrCreate(`person:${ctx.actor.personId}`)
  const signature = await key.sign(bytesOf(statement))
  return { statement, signature: toBase64(signature), publicKey: toBase64(key.publicKey) }
}

/** Stores a prepared opinion at the end of the stream after checking that it still says what the act says.
 *
 * @returns its place; refuses `workflow.already-acted` when the opinion it follows is not the one it names
 */
export async function storeOpinion(
  ctx: CommandContext,
  opinion: SignedOpinion,
  place: { readonly taskId: string | null; readonly caseVersion: number | null; readonly versionId: string | null; readonly mustBeNext: boolean },
): Promise<Result<number>> {
  const { statement } = opinion
  const last = await findLastOpinion(ctx.db, statement.caseId)
  const isNext = (last?.seq ?? 0) === statement.previousSeq
  // Colleagues of a parallel step may sign at the same moment; both then name the same predecessor. 签发 must see them all.
  if (place.mustBeNext && !isNext) return refuse('workflow.already-acted')
  const seq = (last?.seq ?? 0) + 1
  await appendOpinion(ctx.db, {
    case_id: statement.caseId,
    seq,
    task_id: place.taskId,
    case_version: place.caseVersion,
    statement: opinionText(statement),
    signature: opinion.signature,
    public_key: opinion.publicKey,
    version_id: place.versionId,
  })
  return accept(seq)
}

/** One thing wrong in a stream of opinions. */
export interface OpinionFault {
  readonly seq: number
  readonly problem: 'signature' | 'predecessor' | 'order' | 'other-case'
}

/** Verifies every signature of a case and that each opinion names a true predecessor; 签发 must name the last one before it.
 *
 * @returns what is wrong, empty when all is well
 */
export async function verifyOpinions(db: ReadDb, caseId: string): Promise<readonly OpinionFault[]> {
  return opinionFaults(await listOpinions(db, caseId), caseId)
}

/** The same over rows in their order, wherever they were kept. */
export function opinionFaults(rows: readonly Pick<OpinionRecord, 'seq' | 'statement' | 'signature' | 'public_key'>[], caseId: string): readonly OpinionFault[] {
  return rows.flatMap((row, index): OpinionFault[] => {
    const statement = statementOf(row)
    const faults: OpinionFault[] = []
    // One statement has one spelling: a second way to write it (a name twice, other spaces) could be read otherwise by somebody else.
    const isCanonical = opinionText(statement) === row.statement
    const valid = isCanonical && sm2Verify(fromBase64(row.public_key), new TextEncoder().encode(row.statement), fromBase64(row.signature))
    if (!valid) faults.push({ seq: row.seq, problem: 'signature' })
    if (statement.caseId !== caseId) faults.push({ seq: row.seq, problem: 'other-case' })
    if (row.seq !== index + 1) faults.push({ seq: row.seq, problem: 'order' })
    const before = rows.find((each) => each.seq === statement.previousSeq)
    const named = statement.previousSeq === 0 ? statement.previousSignature === null : before?.signature === statement.previousSignature
    const lastForSigning = statement.act !== 'sign' || statement.previousSeq === index
    if (!named || statement.previousSeq >= row.seq || !lastForSigning) faults.push({ seq: row.seq, problem: 'predecessor' })
    return faults
  })
}

function bytesOf(statement: OpinionStatement): Uint8Array {
  return new TextEncoder().encode(opinionText(statement))
}
