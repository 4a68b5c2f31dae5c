/** Registering signed documents (登记编号) and the register itself. */
import { accept } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { allocateNumber, listNumbers, summariseNumbers, voidNumber } from '../numbers.ts'
import { findForAct } from '../scene.ts'

const allocate = onCommand(documentsContract.allocateNumber, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'allocateNumber')
  if (!found.ok) return found
  const year = input.year ?? Number(ctx.today.slice(0, 4))
  return accept({ number: await allocateNumber(ctx, input.documentId, input.code, year) })
})

const declareVoid = onCommand(documentsContract.voidNumber, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'voidNumber')
  if (!found.ok) return found
  await voidNumber(ctx, input.documentId, input.reason)
  return accept({})
})

const register = onQuery(documentsContract.register, async (ctx, input) => {
  const organIds = [...new Set(ctx.actor.posts.map((post) => post.organId))]
  const offset = /^\d{1,9}$/.test(input.cursor ?? '') ? Number(input.cursor) : 0
  const rows = await listNumbers(ctx.db, { organIds, code: input.code, year: input.year, limit: input.limit + 1, offset })
  const next = rows.length > input.limit ? String(offset + input.limit) : null
  const years = (await summariseNumbers(ctx.db, organIds)).map((year) => ({ ...year, gaps: [...year.gaps] }))
  return accept({ rows: rows.slice(0, input.limit), next, years })
})

/** Operations of the register. */
export const registerOperations = [allocate, declareVoid, register]
