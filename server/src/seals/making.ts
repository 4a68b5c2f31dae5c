/** The work of making a seal (制章): key, certificate, picture by the rules, GB/T 38540 structure. */
import { buildSeal, issueCertificate, presentSealPng, toHex } from '@xiewen/crypto'
import { accept, type Result } from '@xiewen/shared/base'
import { certificateLeadMs } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../platform/context.ts'
import { type Authority, issuerOf, keepAuthority, makerOf, prepareAuthority } from './authority.ts'
import { insertCertificate } from './custody.ts'
import { drawSeal, getDrawing, keepDrawing } from './drawing.ts'
import { changeSeal } from './repository.ts'
import { addressesOf } from './trust-services/addresses.ts'
import type { SealRecord } from './tables.ts'

/** Name of a seal's key in the key store; each certificate has a key of its own. */
export function sealKeyOf(sealId: string, generation: number): string {
  return generation === 1 ? `seal:${sealId}` : `seal:${sealId}:${generation}`
}

/** A seal as made, to be stored. */
export interface MadeSeal {
  readonly authority: Authority
  /** In hexadecimal. */
  readonly certificate: string
  readonly change: Pick<SealRecord, 'code' | 'certificate' | 'certificate_serial' | 'drawing' | 'data'> & { readonly valid_until: number }
}

const yearMs = 365 * 86_400_000

/** The code of a seal (印章编码): a letter-free number made of its birth, 14 digits. */
function codeOf(now: number, sealId: string): string {
  const tail = [...sealId].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 10_000, 7)
  return `${Math.floor(now / 1000)}${String(tail).padStart(4, '0')}`
}

/** Makes key, certificate and GB/T 38540 seal. A renewal keeps the code and the picture. Nothing is stored but the blobs. */
export async function makeSeal(ctx: QueryContext, seal: SealRecord, generation: number, years: number): Promise<Result<MadeSeal>> {
  const drawn =
    seal.drawing === null
      ? drawSeal(ctx.services.fonts, { name: seal.name, bottomLine: seal.bottom_line, diameterMm: seal.diameter_mm })
      : accept(await getDrawing(ctx.services, seal.drawing))
  if (!drawn.ok) return drawn
  const authority = await prepareAuthority(ctx)
  const key = await ctx.services.keys.getOrCreate(sealKeyOf(seal.id, generation))
  const validity = { notBefore: ctx.now - 1000, notAfter: ctx.now + years * yearMs }
  const label = `${seal.name}${seal.bottom_line}`
  const subject = { country: 'CN', organisation: seal.organ_name, unit: '本单位自制印章（未经认证）', commonName: label }
  const certificate = await issueCertificate({ profile: 'signer', subject, publicKey: key.publicKey, ...validity, ...addressesOf(ctx.services.config, 'issuing') }, await issuerOf(ctx.services, authority))
  const code = seal.code === '' ? codeOf(ctx.now, seal.id) : seal.code
  const made = await buildSeal(
    {
      id: code, vendorId: 'Xiewen', type: 1, name: label, holders: { kind: 'certificates', certificates: [certificate.raw] },
      createdAt: ctx.now, validFrom: validity.notBefore, validUntil: validity.notAfter,
      picture: { type: 'PNG', data: await presentSealPng(drawn.value), widthMm: seal.diameter_mm, heightMm: seal.diameter_mm },
    },
    await makerOf(ctx.services, authority),
  )
  const [drawing, data] = [await keepDrawing(ctx.services, drawn.value), await ctx.services.blobs.put(made.raw)]
  return accept({ authority, certificate: toHex(certificate.raw), change: { code, certificate: toHex(certificate.raw), certificate_serial: certificate.serial, drawing, data, valid_until: validity.notAfter } })
}

/** The job that reminds. */
export const expiryJob = 'seals.remind-expiry'

/** Stores a made seal: its row, its certificate in the register, and the reminder before the certificate ends. */
export async function keepMade(ctx: CommandContext, seal: SealRecord, generation: number, made: MadeSeal, further: Partial<SealRecord>): Promise<void> {
  await keepAuthority(ctx, made.authority)
  await changeSeal(ctx.db, seal.id, { ...made.change, ...further, generation, changed_at: ctx.now })
  const { certificate_serial: id, valid_until } = made.change
  await insertCertificate(ctx.db, { id, seal_id: seal.id, generation, certificate: made.certificate, valid_until, made_at: ctx.now, revoked_at: null })
  await ctx.jobs.plan({ name: expiryJob, key: seal.id, dueAt: valid_until - certificateLeadMs, payload: { sealId: seal.id } })
}
