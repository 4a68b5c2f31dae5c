/** The log of a text as its history: rows scanned for what they add and delete, accounts turned into people. */
import { type ChangeMakerView, changeOrigins, type LoggedRow, openHistory, type Origin, type Who } from '@xiewen/shared/documents'
import { findPerson, listPostsOfPerson } from '../directory/index.ts'
import type { QueryContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { openUpdates } from '../platform/realtime/log-frames.ts'
import { scanUpdate } from '../platform/realtime/scan-update.ts'
import { listDesks, stepAt } from './desks.ts'
import { findForeign } from './foreign-changes.ts'
import { findHolders } from './holders.ts'
import type { DeskRecord, DocumentTables } from './tables.ts'

/** Rows of a document's log up to and including `upTo`, oldest first. The account is the one the row was stored under. */
export async function loadHistory(db: ReadDb, documentId: string, upTo: number): Promise<readonly LoggedRow[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('document_update')
    .select(['seq', 'bytes', 'person_id', 'at'])
    .where('document_id', '=', documentId)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    const { updates } = openUpdates(documentId, row.bytes)
    const scans = updates.map((update) => scanUpdate(update))
    return { seq: Number(row.seq), personId: row.person_id, at: Number(row.at), updates, adds: scans.flatMap((scan) => scan.blocks), deletes: scans.flatMap((scan) => scan.deletes) }
  })
}

/** Rows of a document's log without their bytes. */
export async function listRows(db: ReadDb, documentId: string): Promise<readonly Origin[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_update').select(['seq', 'person_id', 'at']).where('document_id', '=', documentId).orderBy('seq').execute()
  return rows.map((row) => ({ seq: Number(row.seq), personId: row.person_id, at: Number(row.at) }))
}

/** Names, posts and steps of the people of a history, each asked for once. */
export class Witnesses {
  readonly #ctx: QueryContext
  readonly #desks: readonly DeskRecord[]
  readonly #people = new Map<string, { readonly name: string; readonly post: string; readonly keys: readonly string[] }>()

  private constructor(ctx: QueryContext, desks: readonly DeskRecord[]) {
    this.#ctx = ctx
    this.#desks = desks
  }

  /** Makes ready for one document and these people. */
  static async of(ctx: QueryContext, documentId: string, personIds: Iterable<string>): Promise<Witnesses> {
    const witnesses = new Witnesses(ctx, await listDesks(ctx.db, documentId))
    for (const personId of new Set(personIds)) await witnesses.#learn(personId)
    return witnesses
  }

  async #learn(personId: string): Promise<void> {
    const { db, now } = this.#ctx
    const person = personId === '' ? null : await findPerson(db, personId)
    const [post] = person === null ? [] : await listPostsOfPerson(db, personId)
    const keys = person === null ? [] : (await findHolders(db, personId, now)).keys
    this.#people.set(personId, { name: person?.name ?? '', post: post ? `${post.unitName}${post.title}` : '', keys })
  }

  /** Somebody with the step they were in at that moment. */
  present(origin: Pick<Origin, 'personId' | 'at'>): Who {
    const known = this.#people.get(origin.personId)
    return { personId: origin.personId, name: known?.name ?? '', post: known?.post ?? '', step: this.stepOf(origin), at: origin.at }
  }

  /** The step only. */
  stepOf(origin: Pick<Origin, 'personId' | 'at'>): string {
    return stepAt(this.#desks, this.#people.get(origin.personId)?.keys ?? [], origin.at)
  }
}

/** Who made each pending revision of a text, by its id: the server's log knows who sent it. What an imported
 * Word file says of it stands beside that. `upTo` is the last row of the log looked at: that of the text whose revisions are meant. */
export async function findChangeMakers(ctx: QueryContext, documentId: string, upTo = Number.MAX_SAFE_INTEGER): Promise<ReadonlyMap<string, ChangeMakerView>> {
  const history = openHistory(await loadHistory(ctx.db, documentId, upTo))
  const origins = changeOrigins(history)
  history.doc.destroy()
  const witnesses = await Witnesses.of(ctx, documentId, origins.map((origin) => origin.personId))
  const foreign = await findForeign(ctx.db, origins)
  return new Map(origins.map((origin) => [origin.id, { ...witnesses.present(origin), id: origin.id, foreign: foreign.get(origin.id) ?? null }]))
}
