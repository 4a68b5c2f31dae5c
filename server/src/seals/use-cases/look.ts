/** Lists, pictures, applications. */
import { presentSealSvg } from '@xiewen/crypto'
import { accept, refuse } from '@xiewen/shared/base'
import { canApproveFor, sealsContract as contract } from '@xiewen/shared/seals'
import { getDocumentFor, getIssuedPdf } from '../../documents/index.ts'
import { onDownload, onQuery } from '../../platform/slice.ts'
import { findApplication, listApplications, listApplicationsOf, presentApplication } from '../applications.ts'
import { drawSeal, getDrawing } from '../drawing.ts'
import { listNeeds } from '../needs.ts'
import { findSeal, listSeals, presentSeals } from '../repository.ts'
import { keepersOf } from '../scene.ts'
import { maySeeApplication, organsOf } from '../sight.ts'

const list = onQuery(contract.list, async (ctx, input) => {
  const rows = await listSeals(ctx.db, input.organId)
  return accept({ seals: await presentSeals(ctx.db, rows, ctx.now) })
})

const picture = onDownload(contract.picture, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const drawing =
    seal.drawing === null
      ? drawSeal(ctx.services.fonts, { name: seal.name, bottomLine: seal.bottom_line, diameterMm: seal.diameter_mm })
      : accept(await getDrawing(ctx.services, seal.drawing))
  if (!drawing.ok) return drawing
  return accept({ bytes: new TextEncoder().encode(presentSealSvg(drawing.value)), mediaType: 'image/svg+xml', fileName: `${seal.name}.svg`, inline: true })
})

const applications = onQuery(contract.applications, async (ctx, input) => {
  if (input.documentId !== undefined) {
    const isVisible = (await getDocumentFor(ctx.db, ctx.actor, input.documentId)) !== null
    const rows = isVisible ? await listApplicationsOf(ctx.db, input.documentId) : []
    return accept({ rows: await Promise.all(rows.map((row) => presentApplication(ctx.db, row, ctx.now))), next: null })
  }
  const rows = await listApplications(ctx.db, { organIds: await organsOf(ctx), state: input.state, before: input.cursor, limit: input.limit })
  const shown = rows.slice(0, input.limit)
  return accept({ rows: await Promise.all(shown.map((row) => presentApplication(ctx.db, row, ctx.now))), next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null })
})

const application = onQuery(contract.application, async (ctx, input) => {
  const row = await findApplication(ctx.db, input.applicationId)
  if (!row || !(await maySeeApplication(ctx, row))) return refuse('seals.unknown-application')
  const seal = await findSeal(ctx.db, row.seal_id)
  if (!seal) return refuse('seals.unknown-seal')
  const { personIds } = await keepersOf(ctx.db, seal, ctx.now)
  const isOpen = row.state === 'applied' || row.state === 'permitted'
  const me = ctx.actor.personId
  return accept({
    application: await presentApplication(ctx.db, row, ctx.now),
    abilities: {
      approve: row.state === 'applied' && canApproveFor(ctx.actor.posts, row.custodian_id).allowed && me !== row.applicant_id && !personIds.includes(me),
      impress: row.state === 'permitted' && personIds.includes(me) && ![row.applicant_id, row.approver_id, row.drafter_id].includes(me),
      withdraw: isOpen && me === row.applicant_id,
    },
  })
})

const needs = onQuery(contract.needs, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  if (!document) return refuse('base.not-found')
  const pdf = await getIssuedPdf(ctx.db, document.id)
  if (!pdf) return accept({ pages: 0, needs: [] })
  const { digest, sealAnchors, pages } = pdf
  return accept({ pages, needs: [...(await listNeeds(ctx.db, { id: document.id, organId: document.organId, digest, sealAnchors }))] })
})

/** Operations that only look. */
export const lookOperations = [list, picture, applications, application, needs]
