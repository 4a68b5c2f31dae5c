/** Making a seal (制章), filing it (备案), and the turns of its life afterwards. */
import { buildSeal, issueCertificate, presentSealPng, toHex } from '@xiewen/crypto'
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { decideSealAct, sealsContract as contract, type SealAct } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand } from '../../platform/slice.ts'
import { type Authority, issuerOf, keepAuthority, makerOf, prepareAuthority } from '../authority.ts'
import { drawSeal, keepDrawing } from '../drawing.ts'
import { changeSeal, findSeal } from '../repository.ts'
import { handsOf } from '../scene.ts'
import type { SealRecord } from '../tables.ts'
import { sealTaskOf } from './propose.ts'

/** Name of a seal's key in the key store. */
export function sealKeyOf(sealId: string): string {
  return `seal:${sealId}`
}

interface MadeSeal {
  readonly authority: Authority
  readonly change: Pick<SealRecord, 'code' | 'certificate' | 'certificate_serial' | 'drawing' | 'data' | 'valid_until'>
}

const yearMs = 365 * 86_400_000

async function findFor(ctx: QueryContext, sealId: string, act: SealAct): Promise<Result<{ readonly seal: SealRecord; readonly next: SealRecord['state'] }>> {
  const seal = await findSeal(ctx.db, sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const decision = decideSealAct(seal.state, act, ctx.actor.personId, handsOf(seal))
  return decision.ok ? accept({ seal, next: decision.value }) : decision
}

/** The code of a seal (印章编码): a letter-free number made of its birth, 14 digits. */
function codeOf(now: number, sealId: string): string {
  const tail = [...sealId].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 10_000, 7)
  return `${Math.floor(now / 1000)}${String(tail).padStart(4, '0')}`
}

async function build(ctx: QueryContext, seal: SealRecord, years: number): Promise<Result<MadeSeal>> {
  const drawn = drawSeal(ctx.services.fonts, { name: seal.name, bottomLine: seal.bottom_line, diameterMm: seal.diameter_mm })
  if (!drawn.ok) return drawn
  const authority = await prepareAuthority(ctx)
  const key = await ctx.services.keys.getOrCreate(sealKeyOf(seal.id))
  const validity = { notBefore: ctx.now - 1000, notAfter: ctx.now + years * yearMs }
  const label = `${seal.name}${seal.bottom_line}`
  const subject = { country: 'CN', organisation: seal.organ_name, unit: '本单位自制印章（未经认证）', commonName: label }
  const certificate = await issueCertificate({ profile: 'signer', subject, publicKey: key.publicKey, ...validity }, await issuerOf(ctx.services, authority))
  const code = codeOf(ctx.now, seal.id)
  const made = await buildSeal(
    {
      id: code, vendorId: 'Xiewen', type: 1, name: label, holders: { kind: 'certificates', certificates: [certificate.raw] },
      createdAt: ctx.now, validFrom: validity.notBefore, validUntil: validity.notAfter,
      picture: { type: 'PNG', data: await presentSealPng(drawn.value), widthMm: seal.diameter_mm, heightMm: seal.diameter_mm },
    },
    await makerOf(ctx.services, authority),
  )
  const [drawing, data] = [await keepDrawing(ctx.services, drawn.value), await ctx.services.blobs.put(made.raw)]
  return accept({ authority, change: { code, certificate: toHex(certificate.raw), certificate_serial: certificate.serial, drawing, data, valid_until: validity.notAfter } })
}

const make = onCommand(contract.make, {
  prepare: async (ctx, input): Promise<Result<MadeSeal>> => {
    const found = await findFor(ctx, input.sealId, 'make')
    return found.ok ? build(ctx, found.value.seal, input.years) : found
  },
  commit: async (ctx, input, prepared) => {
    const found = await findFor(ctx, input.sealId, 'make')
    if (!found.ok) return found
    const { seal, next } = found.value
    await keepAuthority(ctx, prepared.authority)
    await changeSeal(ctx.db, seal.id, { ...prepared.change, state: next, maker_id: ctx.actor.personId, maker_name: ctx.actor.name, changed_at: ctx.now })
    const { code, certificate_serial: serial } = prepared.change
    await ctx.inbox.put({
      // Safe because the post came from the directory.
      kind: 'todo', room: 'seals', taskId: sealTaskOf(seal.id), postId: seal.keeper_post_id as Parameters<typeof ctx.inbox.put>[0]['postId'],
      subject: { kind: 'seal', id: seal.id }, title: seal.name, detail: seal.custodian_name, step: 'seals.step.enable', fromName: ctx.actor.name, urgency: 'none', dueAt: null,
    })
    const subject = { kind: 'seal', id: seal.id }
    await ctx.record({ kind: 'seals.made', subject, data: { name: seal.name, code, serial, picture: prepared.change.drawing } })
    await ctx.record({ kind: 'seals.filed', subject, data: { code } })
    ctx.touch('seals')
    return accept({ code })
  },
})

/** The certificates of the seal's keeper and approvers decide, not just the duty: custody belongs to an organ. */
async function turn(ctx: CommandContext, input: { readonly sealId: string; readonly reason: string }, act: Exclude<SealAct, 'make'>, fact: string): Promise<Result<SealRecord>> {
  const found = await findFor(ctx, input.sealId, act)
  if (!found.ok) return found
  const { seal, next } = found.value
  await changeSeal(ctx.db, seal.id, { state: next, changed_at: ctx.now, reason: input.reason })
  await ctx.record({ kind: fact, subject: { kind: 'seal', id: seal.id }, data: { name: seal.name, reason: input.reason } })
  ctx.touch('seals')
  return accept(seal)
}

const enable = onCommand(contract.enable, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !ctx.actor.posts.some((post) => post.id === seal.keeper_post_id)) return refuse('seals.not-keeper')
  const done = await turn(ctx, { ...input, reason: '' }, 'enable', 'seals.enabled')
  if (!done.ok) return done
  await ctx.inbox.complete('seals', sealTaskOf(input.sealId))
  return accept({})
})

/** Suspending and resuming belong to the organ that keeps the seal. */
function isOfCustodian(ctx: CommandContext, seal: SealRecord | null, withKeeper: boolean): boolean {
  return seal !== null && ctx.actor.posts.some((post) => (post.organId === seal.custodian_id && post.duties.includes('seal-approver')) || (withKeeper && post.id === seal.keeper_post_id))
}

const suspend = onCommand(contract.suspend, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !isOfCustodian(ctx, seal, true)) return refuse('seals.not-approver')
  const done = await turn(ctx, input, 'suspend', 'seals.suspended')
  return done.ok ? accept({}) : done
})

const resume = onCommand(contract.resume, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !isOfCustodian(ctx, seal, false)) return refuse('seals.not-approver')
  const done = await turn(ctx, input, 'resume', 'seals.resumed')
  return done.ok ? accept({}) : done
})

const destroy = onCommand(contract.destroy, async (ctx, input) => {
  const done = await turn(ctx, input, 'destroy', 'seals.destroyed')
  if (!done.ok) return done
  await changeSeal(ctx.db, input.sealId, { revoked_at: ctx.now })
  return accept({})
})

/** Operations on the life of a seal. */
export const makeOperations = [make, enable, suspend, resume, destroy]
