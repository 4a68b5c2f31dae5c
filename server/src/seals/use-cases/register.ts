/** The register taken out: as a table for office programs, or laid out for the file. */
import { presentSealSvg } from '@xiewen/crypto'
import { accept } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { QueryContext } from '../../platform/context.ts'
import { onDownload } from '../../platform/slice.ts'
import { getDrawing } from '../drawing.ts'
import { printRegister } from '../register/print.ts'
import { presentDay, readRegister } from '../register/read-register.ts'
import { tableOfImpressions, tableOfLives } from '../register/table.ts'
import type { SealRecord } from '../tables.ts'
import { reconcile, sealsInSight } from './ledger.ts'

const registerTable = onDownload(contract.registerTable, async (ctx, { of }) => {
  const register = await readRegister(ctx, await sealsInSight(ctx))
  const [name, bytes] = of === 'lives' ? ['印章全程', tableOfLives(register)] : ['用印登记', tableOfImpressions(register)]
  return accept({ bytes, mediaType: 'text/csv; charset=utf-8', fileName: `${name}-${presentDay(ctx.now)}.csv` })
})

const registerPrint = onDownload(contract.registerPrint, async (ctx) => {
  const seals = await sealsInSight(ctx)
  const { permits, impressions, unexplained } = await reconcile(ctx, new Set(seals.map((seal) => seal.id)))
  const bytes = printRegister(await readRegister(ctx, seals), {
    officeName: ctx.actor.posts[0]?.organName ?? ctx.services.config.officeName,
    printedAt: ctx.now,
    printedBy: ctx.actor.name,
    summary: `许可 ${permits} 份，用印 ${impressions} 次，未解释 ${unexplained} 项`,
    pictures: await picturesOf(ctx, seals),
  })
  return accept({ bytes, mediaType: 'text/html; charset=utf-8', fileName: `印章台账-${presentDay(ctx.now)}.html`, inline: true })
})

async function picturesOf(ctx: QueryContext, seals: readonly SealRecord[]): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>()
  for (const seal of seals) if (seal.drawing !== null) pictures.set(seal.id, presentSealSvg(await getDrawing(ctx.services, seal.drawing)))
  return pictures
}

/** Operations of the register. */
export const registerOperations = [registerTable, registerPrint]
