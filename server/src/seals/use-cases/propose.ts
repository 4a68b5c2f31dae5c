/** 申请刻制 and its approval: the first two hands of a seal. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { Unit } from '@xiewen/shared/directory'
import { canApproveFor, decideSealAct, diameterOf, mayKeepSealOf, type SealKind, sealNameOf, sealsContract as contract } from '@xiewen/shared/seals'
import { getUnit, organOf } from '../../directory/index.ts'
import type { ActorPost, CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand } from '../../platform/slice.ts'
import { takeRight } from '../custody.ts'
import { drawSeal, getDrawing, keepDrawing, scaleDrawing } from '../drawing.ts'
import { findMaterialOf } from '../outside/outside-tables.ts'
import { changeSeal, findSeal, insertSeal, listSeals, nameOfSeal } from '../repository.ts'
import { handsOf } from '../scene.ts'
import type { SealRecord } from '../tables.ts'
import { approverPostsOf, sealTaskOf, tellPosts } from '../turns.ts'

interface Bearer {
  readonly keeper: ActorPost
  readonly organ: Unit
  /** The organ or its section: whose name the seal bears. */
  readonly unit: Unit
}

async function findBearer(ctx: QueryContext, input: { readonly organId?: string | undefined; readonly sectionId?: string | undefined }): Promise<Result<Bearer>> {
  const keepers = ctx.actor.posts.filter((post) => post.duties.includes('seal-keeper'))
  const organ = await getUnit(ctx.db, input.organId ?? keepers[0]?.organId ?? '')
  const keeper = organ ? keepers.find((post) => mayKeepSealOf(post, organ)) : undefined
  if (!organ || organ.kind !== 'organ' || !keeper) return refuse('seals.not-your-organ')
  if (input.sectionId === undefined) return accept({ keeper, organ, unit: organ })
  const unit = await getUnit(ctx.db, input.sectionId)
  const home = unit ? await organOf(ctx.db, unit.id) : null
  return unit && home?.id === organ.id ? accept({ keeper, organ, unit }) : refuse('seals.not-your-organ')
}

/** The seal as it is applied for: where it comes from, how large it is, and its picture where it is not drawn by the rules. */
type Wish = Pick<SealRecord, 'origin' | 'outside_maker' | 'diameter_mm' | 'drawing' | 'data'>

async function prepareWish(ctx: QueryContext, input: { readonly kind: SealKind; readonly bottomLine: string; readonly materialId?: string | undefined }, { organ, unit }: Bearer): Promise<Result<Wish>> {
  const diameter = diameterOf(input.kind, organ.name)
  if (input.materialId === undefined) {
    const drawn = drawSeal(ctx.services.fonts, { name: unit.name, bottomLine: input.bottomLine, diameterMm: diameter })
    return drawn.ok ? accept({ origin: 'drawn', outside_maker: '', diameter_mm: diameter, drawing: null, data: null }) : drawn
  }
  const material = await findMaterialOf(ctx.db, input.materialId, ctx.actor.personId)
  if (!material) return refuse('seals.unknown-material')
  const drawing = await getDrawing(ctx.services, material.drawing)
  if (material.origin === 'scanned') {
    return accept({ origin: 'scanned', outside_maker: '', diameter_mm: diameter, drawing: await keepDrawing(ctx.services, scaleDrawing(drawing, diameter)), data: null })
  }
  if (!material.name.includes(unit.name)) return refuse('seals.outside-other-name', { name: material.name, unit: unit.name })
  return accept({ origin: 'outside', outside_maker: material.maker, diameter_mm: Math.round(drawing.widthMm), drawing: material.drawing, data: material.data })
}

const propose = onCommand(contract.propose, {
  prepare: async (ctx, input): Promise<Result<Wish>> => {
    const found = await findBearer(ctx, input)
    return found.ok ? prepareWish(ctx, input, found.value) : found
  },
  commit: async (ctx, input, wish) => {
    const found = await findBearer(ctx, input)
    if (!found.ok) return found
    const { keeper, organ, unit } = found.value
    if (input.kind === 'special' && input.bottomLine === '') return refuse('seals.line-needed')
    if ((input.kind === 'section') !== (unit.kind === 'section')) return refuse('seals.not-your-organ')
    const others = await listSeals(ctx.db, organ.id)
    const isDouble = others.some((seal) => seal.unit_id === unit.id && seal.kind === input.kind && seal.bottom_line === input.bottomLine && seal.state !== 'destroyed' && seal.state !== 'refused')
    if (isDouble) return refuse('seals.seal-exists')
    const sealId = ctx.newId<'SealId'>()
    await insertSeal(ctx.db, {
      id: sealId, kind: input.kind, state: 'applied', name: unit.name, bottom_line: input.bottomLine, organ_id: organ.id, organ_name: organ.name, unit_id: unit.id,
      custodian_id: keeper.organId, custodian_name: keeper.organName, keeper_post_id: keeper.id, code: '', certificate: null,
      certificate_serial: '', valid_until: null, proposer_id: ctx.actor.personId, proposer_name: ctx.actor.name, approver_id: null,
      approver_name: '', maker_id: null, maker_name: '', changed_at: ctx.now, revoked_at: null, reason: '', ender_id: null, ender_name: '', generation: 1,
      renewal_state: '', renewal_reason: '', renewal_asker_id: null, renewal_asker_name: '', renewal_approver_id: null, renewal_approver_name: '', ...wish,
    })
    await takeRight(ctx.db, sealId, ctx.actor.personId, 'keep')
    await tellPosts(ctx, { id: sealId, name: unit.name, bottom_line: input.bottomLine, custodian_name: keeper.organName }, await approverPostsOf(ctx, keeper.organId), 'seals.step.approve-seal')
    const data = { name: sealNameOf({ name: unit.name, bottomLine: input.bottomLine }), sealKind: input.kind, organId: organ.id, origin: wish.origin, picture: wish.drawing }
    await ctx.record({ kind: 'seals.proposed', subject: { kind: 'seal', id: sealId }, data }, keeper)
    ctx.touch('seals')
    return accept({ sealId })
  },
})

async function decide(ctx: CommandContext, sealId: string, act: 'approve' | 'refuse', reason: string): Promise<Result<SealRecord>> {
  const seal = await findSeal(ctx.db, sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const may = canApproveFor(ctx.actor.posts, seal.custodian_id)
  if (!may.allowed) return refuse(may.because)
  const decision = decideSealAct(seal.state, act, ctx.actor.personId, handsOf(seal))
  if (!decision.ok) return decision
  if (!(await takeRight(ctx.db, sealId, ctx.actor.personId, 'approve'))) return refuse('seals.rights-apart')
  await changeSeal(ctx.db, sealId, { state: decision.value, approver_id: ctx.actor.personId, approver_name: ctx.actor.name, changed_at: ctx.now, reason })
  await ctx.inbox.complete('seals', sealTaskOf(sealId))
  const post = ctx.actor.posts.find((each) => each.organId === seal.custodian_id && each.duties.includes('seal-approver'))
  await ctx.record({ kind: act === 'approve' ? 'seals.approved' : 'seals.declined', subject: { kind: 'seal', id: sealId }, data: { name: nameOfSeal(seal), reason } }, post)
  ctx.touch('seals')
  return accept(seal)
}

const approveSeal = onCommand(contract.approveSeal, async (ctx, input) => {
  const done = await decide(ctx, input.sealId, 'approve', '')
  return done.ok ? accept({}) : done
})

const refuseSeal = onCommand(contract.refuseSeal, async (ctx, input) => {
  const done = await decide(ctx, input.sealId, 'refuse', input.reason)
  return done.ok ? accept({}) : done
})

/** Operations that bring a seal under way. */
export const proposeOperations = [propose, approveSeal, refuseSeal]
