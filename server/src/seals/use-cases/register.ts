/** The register taken out (导出、打印): made and kept as a file, recorded as an act of whoever takes it, and only then handed out. */
import { presentSealSvg } from '@xiewen/crypto'
import { accept, type BlobDigest, civilDateAt, endOfDay, type ParsedInputOf, refuse, type Result, startOfDay } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, onDownload } from '../../platform/slice.ts'
import { getDrawing } from '../drawing.ts'
import { findExportOf, insertExport } from '../register/export-table.ts'
import { printRegister } from '../register/print.ts'
import { readRegister, type Register, type RegisterSpan } from '../register/read-register.ts'
import { tableOfImpressions, tableOfLives } from '../register/table.ts'
import { wordsOf } from '../register/words.ts'
import { askForReconciliation } from '../reconciliation.ts'
import type { SealRecord } from '../tables.ts'
import { reconcile, sealsInSight, withFindings } from './ledger.ts'

type Asked = ParsedInputOf<typeof contract.takeRegister>

/** A file that can be taken out. `rows` counts the lines of its tables. */
interface TakenFile {
  readonly blob: BlobDigest
  readonly mediaType: string
  readonly fileName: string
  readonly rows: number
  readonly seals: number
  /** Lines that are not what the ledger of acts tells of. */
  readonly altered: number
}

async function prepareFile(ctx: QueryContext, asked: Asked): Promise<Result<TakenFile>> {
  const { from, until, of, locale } = asked
  if (from !== undefined && until !== undefined && until < from) return refuse('seals.register-period')
  const span: RegisterSpan = { from: from === undefined ? 0 : startOfDay(from), until: until === undefined ? ctx.now : endOfDay(until) }
  const seals = await sealsInSight(ctx)
  const register = await readRegister(ctx, seals, span, locale)
  const acts = register.lives.reduce((sum, life) => sum + life.acts.length, 0)
  const uses = register.impressions.length
  const name = `${wordsOf(locale)(`seals.register.file.${of}`)}-${civilDateAt(ctx.now)}`
  const file = { blob: await ctx.services.blobs.put(await writeFile(ctx, asked, register, seals)), seals: seals.length, altered: new Set(register.findings.map((finding) => finding.id)).size }
  if (of === 'book') return accept({ ...file, mediaType: 'text/html; charset=utf-8', fileName: `${name}.html`, rows: acts + uses })
  return accept({ ...file, mediaType: 'text/csv; charset=utf-8', fileName: `${name}.csv`, rows: of === 'lives' ? acts : uses })
}

async function writeFile(ctx: QueryContext, { of, from, until, locale }: Asked, register: Register, seals: readonly SealRecord[]): Promise<Uint8Array> {
  if (of === 'impressions') return tableOfImpressions(register)
  if (of === 'lives') return tableOfLives(register)
  const t = wordsOf(locale)
  const { permits, impressions, unexplained } = withFindings(await reconcile(ctx, new Set(seals.map((seal) => seal.id))), register.findings, seals)
  const isWhole = from === undefined && until === undefined
  return printRegister(register, {
    officeName: ctx.actor.posts[0]?.organName ?? ctx.services.config.officeName,
    printedAt: ctx.now,
    printedBy: ctx.actor.name,
    days: isWhole ? t('seals.register.all-days') : t('seals.register.days', { from: from ?? t('seals.register.since-start'), until: until ?? t('seals.register.until-today') }),
    summary: t('seals.register.summary', { permits, impressions, unexplained }),
    pictures: await picturesOf(ctx, seals),
  })
}

async function picturesOf(ctx: QueryContext, seals: readonly SealRecord[]): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>()
  for (const seal of seals) if (seal.drawing !== null) pictures.set(seal.id, presentSealSvg(await getDrawing(ctx.services, seal.drawing)))
  return pictures
}

async function keepFile(ctx: CommandContext, { of, from, until, locale }: Asked, file: TakenFile): Promise<Result<{ exportId: ReturnType<typeof ctx.newId<'RegisterExportId'>>; rows: number }>> {
  const { blob, mediaType, fileName, rows, seals, altered } = file
  const exportId = ctx.newId<'RegisterExportId'>()
  await insertExport(ctx.db, { id: exportId, person_id: ctx.actor.personId, blob, media_type: mediaType, file_name: fileName, at: ctx.now })
  await ctx.record({ kind: 'seals.register-taken', subject: { kind: 'seal-register', id: exportId }, data: { of, from: from ?? '', until: until ?? '', locale, rows, seals, altered, digest: blob } })
  // Read line by line at once, so that the alarm does not wait for the night.
  if (altered > 0) await askForReconciliation(ctx)
  return accept({ exportId, rows })
}

const takeRegister = onCommand(contract.takeRegister, { prepare: prepareFile, commit: keepFile })

const registerFile = onDownload(contract.registerFile, async (ctx, { exportId }) => {
  const taken = await findExportOf(ctx.db, exportId, ctx.actor.personId)
  if (taken === null) return refuse('seals.unknown-export')
  const isPage = taken.media_type.startsWith('text/html')
  return accept({ bytes: await ctx.services.blobs.get(taken.blob), mediaType: taken.media_type, fileName: taken.file_name, ...(isPage ? { inline: true } : {}) })
})

/** Operations of the register. */
export const registerOperations = [takeRegister, registerFile]
