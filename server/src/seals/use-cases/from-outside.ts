/** Handing in scans and seals from outside, bringing in the key of such a seal, and the trust store. */
import { type Certificate, CryptoError, deriveSm2PublicKey, equalBytes, importPkcs8, isSealHolder, parseCertificate, type Seal, toHex, verifyChain } from '@xiewen/crypto'
import { importPkcs12 } from '@xiewen/crypto/classic'
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, onUpload } from '../../platform/slice.ts'
import { prepareAuthority } from '../authority.ts'
import { findCertificate, takeRight } from '../custody.ts'
import { keepMade, type MadeSeal, sealKeyOf } from '../making.ts'
import { findOutsideTrusted } from '../outside/trusted-outside.ts'
import { insertMaterial } from '../outside/outside-tables.ts'
import { getOutsideSeal, readOutsideSeal, readScan } from '../outside/read-material.ts'
import { nameOfSeal } from '../repository.ts'
import { decideFor, sealTaskOf, tellPosts } from '../turns.ts'

const readMaterial = onUpload(contract.readMaterial, {
  prepare: (ctx, { input, body }) => (input.of === 'scan' ? readScan(ctx, body) : readOutsideSeal(ctx, body)),
  commit: async (ctx, _given, read) => {
    const materialId = ctx.newId<'SealMaterialId'>()
    await insertMaterial(ctx.db, { ...read, id: materialId, person_id: ctx.actor.personId, at: ctx.now })
    await ctx.record({ kind: 'seals.material-read', subject: { kind: 'seal-material', id: materialId }, data: { origin: read.origin, drawing: read.drawing, data: read.data, name: read.name, maker: read.maker } })
    return accept({ materialId, name: read.name, maker: read.maker, validUntil: read.valid_until })
  },
})

interface FoundKey {
  readonly privateKey: Uint8Array
  readonly certificate: Certificate
}

/** The SM2 key of the file that the seal names, with its certificate. */
function findKey(seal: Seal, file: Uint8Array, password: string): Result<FoundKey> {
  try {
    const { privateKeys, certificates } = importPkcs12(file, password)
    const keys = privateKeys.flatMap((each) => readSm2Key(each) ?? [])
    if (keys.length === 0) return refuse('seals.outside-key-kind')
    const own = certificates.flatMap((each) => readSm2Certificate(each) ?? [])
    for (const privateKey of keys) {
      const publicKey = deriveSm2PublicKey(privateKey)
      const certificate = own.find((each) => equalBytes(each.publicKey, publicKey) && isSealHolder(seal, each.raw))
      if (certificate) return accept({ privateKey, certificate })
    }
    return refuse('seals.outside-key-foreign')
  } catch (error) {
    if (error instanceof CryptoError) return refuse('seals.outside-key-unreadable')
    throw error
  }
}

const readSm2Key = (bytes: Uint8Array): Uint8Array | null => orNull(() => importPkcs8(bytes).privateKey)
const readSm2Certificate = (bytes: Uint8Array): Certificate | null => orNull(() => parseCertificate(bytes))

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

const importKey = onCommand(contract.importKey, {
  prepare: async (ctx, input): Promise<Result<MadeSeal>> => {
    const found = await decideFor(ctx, input.sealId, 'make')
    if (!found.ok) return found
    const { seal } = found.value
    if (seal.origin !== 'outside' || seal.data === null || seal.drawing === null) return refuse('seals.not-outside')
    const outside = await getOutsideSeal(ctx, seal.data)
    const key = findKey(outside, Buffer.from(input.file, 'base64'), input.password)
    if (!key.ok) return key
    const { certificate, privateKey } = key.value
    const { problems } = verifyChain(certificate, { trust: (await findOutsideTrusted(ctx.db)).sm2, at: ctx.now })
    if (problems.length > 0) return refuse('seals.outside-key-untrusted', { name: certificate.subject.commonName, reason: problems[0]?.code ?? '' })
    if ((await findCertificate(ctx.db, certificate.serial)) !== null) return refuse('seals.outside-key-known')
    await ctx.services.keys.adopt(sealKeyOf(seal.id, 1), privateKey)
    const change = { code: outside.id, certificate: toHex(certificate.raw), certificate_serial: certificate.serial, drawing: seal.drawing, data: seal.data, valid_until: Math.min(certificate.notAfter, outside.validUntil) }
    return accept({ authority: await prepareAuthority(ctx), certificate: toHex(certificate.raw), change })
  },
  commit: async (ctx, input, prepared) => {
    const found = await decideFor(ctx, input.sealId, 'make')
    if (!found.ok) return found
    const { seal, next } = found.value
    if (!(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'make'))) return refuse('seals.rights-apart')
    if (!(await holdsKeyOf(ctx, seal.id, prepared))) return refuse('base.conflict')
    await keepMade(ctx, seal, 1, prepared, { state: next, maker_id: ctx.actor.personId, maker_name: ctx.actor.name })
    await ctx.inbox.complete('seals', sealTaskOf(seal.id))
    await tellPosts(ctx, seal, [seal.keeper_post_id], 'seals.step.enable')
    const { code, certificate_serial: serial } = prepared.change
    const subject = { kind: 'seal', id: seal.id }
    await ctx.record({ kind: 'seals.made', subject, data: { name: nameOfSeal(seal), code, serial, picture: prepared.change.drawing, origin: 'outside', maker: seal.outside_maker } })
    await ctx.record({ kind: 'seals.filed', subject, data: { code } })
    ctx.touch('seals')
    return accept({ serial })
  },
})

/** Two imports at once: the key that lies in the store now is the one that was checked here. */
async function holdsKeyOf(ctx: CommandContext | QueryContext, sealId: string, { certificate }: MadeSeal): Promise<boolean> {
  const key = await ctx.services.keys.find(sealKeyOf(sealId, 1))
  return key !== null && equalBytes(key.publicKey, parseCertificate(Buffer.from(certificate, 'hex')).publicKey)
}

/** Operations on what comes from elsewhere. */
export const outsideOperations = [readMaterial, importKey]
