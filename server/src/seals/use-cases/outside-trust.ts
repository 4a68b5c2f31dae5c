/** The trust store: one administrator proposes a certificate of an outside authority or seal maker, another confirms it. */
import { type AnyCertificate, readAnyCertificate, readDerOrPem, sm3, toHex } from '@xiewen/crypto'
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { type OutsideTrustView, outsideTrustIdSchema, sealsContract as contract } from '@xiewen/shared/seals'
import { onCommand, onQuery, onUpload } from '../../platform/slice.ts'
import { forgetOutside, listOutsideEndings, watchCertificate } from '../outside/endings.ts'
import { certificateOf } from '../outside/trusted-outside.ts'
import { changeOutsideTrust, findOutsideTrust, insertOutsideTrust, isOutsideTrustKnown, listOutsideTrust, type OutsideTrustRecord } from '../outside/outside-tables.ts'

/** A certificate that may be trusted for this use. */
function read(body: Uint8Array, use: OutsideTrustRecord['used_as'], now: number): Result<AnyCertificate> {
  const bytes = readDerOrPem(body, 'CERTIFICATE')
  const found = bytes && readAnyCertificate(bytes)
  if (!found) return refuse('seals.trust-unreadable')
  const { certificate } = found
  if (certificate.notAfter < now || certificate.notBefore > now) return refuse('seals.trust-expired')
  if (use === 'authority' && !(certificate.isAuthority && (certificate.keyUsage === null || certificate.keyUsage.includes('keyCertSign')))) return refuse('seals.trust-no-authority')
  if (use === 'maker' && (found.kind !== 'sm2' || certificate.isAuthority)) return refuse('seals.trust-no-maker')
  return accept(found)
}

const proposeTrust = onUpload(contract.proposeTrust, async (ctx, { input, body }) => {
  const found = read(body, input.use, ctx.now)
  if (!found.ok) return found
  const { certificate } = found.value
  const fingerprint = toHex(sm3(certificate.raw))
  if (await isOutsideTrustKnown(ctx.db, fingerprint)) return refuse('seals.trust-known')
  const id = ctx.newId<'OutsideTrustId'>()
  const subject = certificate.subject.text
  await insertOutsideTrust(ctx.db, {
    id, used_as: input.use, state: 'proposed', certificate: toHex(certificate.raw), fingerprint, subject, proposer_id: ctx.actor.personId, proposer_name: ctx.actor.name, confirmer_name: '', changed_at: ctx.now, reason: '',
  })
  await ctx.record({ kind: 'seals.trust-proposed', subject: { kind: 'outside-trust', id }, data: { subject, fingerprint, use: input.use } })
  ctx.touch('seals')
  return accept({ id, subject, fingerprint })
})

const confirmTrust = onCommand(contract.confirmTrust, async (ctx, input) => {
  const row = await findOutsideTrust(ctx.db, input.id)
  if (!row) return refuse('seals.unknown-trust')
  if (row.state !== 'proposed') return refuse('seals.wrong-state')
  if (row.proposer_id === ctx.actor.personId) return refuse('seals.own-act')
  await changeOutsideTrust(ctx.db, row.id, { state: 'trusted', confirmer_name: ctx.actor.name, changed_at: ctx.now })
  await watchCertificate(ctx, row)
  await ctx.record({ kind: 'seals.trust-confirmed', subject: { kind: 'outside-trust', id: row.id }, data: { subject: row.subject, fingerprint: row.fingerprint, use: row.used_as } })
  ctx.touch('seals')
  return accept({})
})

const removeTrust = onCommand(contract.removeTrust, async (ctx, input) => {
  const row = await findOutsideTrust(ctx.db, input.id)
  if (!row) return refuse('seals.unknown-trust')
  if (row.state === 'removed') return refuse('seals.wrong-state')
  await changeOutsideTrust(ctx.db, row.id, { state: 'removed', changed_at: ctx.now, reason: input.reason })
  await forgetOutside(ctx, row)
  await ctx.record({ kind: 'seals.trust-removed', subject: { kind: 'outside-trust', id: row.id }, data: { subject: row.subject, fingerprint: row.fingerprint, reason: input.reason } })
  ctx.touch('seals')
  return accept({})
})

const listTrust = onQuery(contract.listTrust, async (ctx) => {
  const ending = new Map((await listOutsideEndings(ctx.db, ctx.now)).map(({ id, isOver }) => [id, isOver ? ('ended' as const) : ('soon' as const)]))
  return accept({ entries: (await listOutsideTrust(ctx.db)).map((row) => present(row, ending.get(row.id) ?? 'later')) })
})

function present(row: OutsideTrustRecord, ending: OutsideTrustView['ending']): OutsideTrustView {
  const { kind, certificate } = certificateOf(row)
  return {
    id: outsideTrustIdSchema.parse(row.id), use: row.used_as, state: row.state, subject: row.subject, issuer: certificate.issuer.text, serial: certificate.serial, algorithm: kind === 'sm2' ? 'SM2' : algorithmOf(certificate),
    fingerprint: row.fingerprint, validUntil: certificate.notAfter, ending, proposedBy: row.proposer_name, confirmedBy: row.confirmer_name, changedAt: Number(row.changed_at), reason: row.reason,
  }
}

/** RSA keys name rsaEncryption (1.2.840.113549.1.1.1) in their SubjectPublicKeyInfo; whatever else is read is on a curve. */
function algorithmOf(certificate: Extract<AnyCertificate, { kind: 'classic' }>['certificate'] | Extract<AnyCertificate, { kind: 'sm2' }>['certificate']): string {
  return 'publicKeyInfo' in certificate && toHex(certificate.publicKeyInfo).includes('06092a864886f70d010101') ? 'RSA' : 'ECDSA'
}

/** Operations on the trust store. */
export const outsideTrustOperations = [proposeTrust, confirmTrust, removeTrust, listTrust]
