/** The installation's own authority: a root, an issuing authority below it, and a maker of seals (制章者). Its certificates say
 * plainly that the seals are the office's own (本单位自制印章) and not those of a certified authority. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, fromHex, issueCertificate, type Issuer, parseCertificate, toHex } from '@xiewen/crypto'
import type { CommandContext, QueryContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { Refused } from '../platform/log/fault.ts'
import type { Services } from '../platform/services.ts'
import type { Reaction } from '../platform/slice.ts'
import type { SealsTables } from './tables.ts'

const roles = ['root', 'issuing', 'maker'] as const
type AuthorityRole = (typeof roles)[number]

/** Certificates by role. */
export type Authority = Readonly<Record<AuthorityRole, Certificate>>

const yearMs = 365 * 86_400_000
const validYears = { root: 30, issuing: 20, maker: 15 } as const
const labels = { root: '自建根证书', issuing: '自建签发证书', maker: '制章者' } as const

/** Name of a role's key in the key store. */
function keyNameOf(role: AuthorityRole): string {
  return `seal-authority:${role}`
}

/** The authority, or null before the first seal is made. */
export async function findAuthority(db: ReadDb): Promise<Authority | null> {
  const rows = await tables<SealsTables>(db).selectFrom('seal_authority').selectAll().execute()
  const of = (role: AuthorityRole): Certificate | null => {
    const row = rows.find((each) => each.role === role)
    return row ? parseCertificate(fromHex(row.certificate)) : null
  }
  const [root, issuing, maker] = [of('root'), of('issuing'), of('maker')]
  return root && issuing && maker ? { root, issuing, maker } : null
}

/** The authority in force, or a new one that `keepAuthority` still has to store. */
export async function prepareAuthority(ctx: QueryContext): Promise<Authority> {
  const known = await findAuthority(ctx.db)
  if (known) return known
  const { keys, config } = ctx.services
  const [rootKey, issuingKey, makerKey] = await Promise.all(roles.map((role) => keys.getOrCreate(keyNameOf(role))))
  if (!rootKey || !issuingKey || !makerKey) throw new Error('Bug: three roles have three keys')
  const order = (role: AuthorityRole, publicKey: Uint8Array) => ({
    subject: { country: 'CN', organisation: config.officeName, unit: '本单位自制印章（未经认证）', commonName: `${config.officeName}${labels[role]}` },
    publicKey,
    notBefore: ctx.now - 1000,
    notAfter: ctx.now + validYears[role] * yearMs,
  })
  const root = await issueCertificate({ profile: 'root', ...order('root', rootKey.publicKey) }, { key: rootKey, certificate: null })
  const issuing = await issueCertificate({ profile: 'issuing', ...order('issuing', issuingKey.publicKey) }, { key: rootKey, certificate: root })
  const maker = await issueCertificate({ profile: 'signer', ...order('maker', makerKey.publicKey) }, { key: issuingKey, certificate: issuing })
  return { root, issuing, maker }
}

/** Stores a new authority; another one stored meanwhile wins.
 *
 * @throws Refused `base.conflict` when the prepared one is not the one in force
 */
export async function keepAuthority(ctx: CommandContext, prepared: Authority): Promise<void> {
  const known = await findAuthority(ctx.db)
  if (known) {
    if (toHex(known.root.raw) !== toHex(prepared.root.raw)) throw new Refused('base.conflict')
    return
  }
  const rows = roles.map((role) => ({ role, certificate: toHex(prepared[role].raw), at: ctx.now }))
  await tables<SealsTables>(ctx.db).insertInto('seal_authority').values(rows).execute()
  await ctx.record({ kind: 'seals.authority-made', subject: { kind: 'seal-authority', id: prepared.root.serial }, data: { name: prepared.root.subject.text } })
}

/** Who issues certificates of seals. */
export async function issuerOf(services: Services, authority: Authority): Promise<Issuer> {
  return { key: await services.keys.getOrCreate(keyNameOf('issuing')), certificate: authority.issuing }
}

/** Who signs seals. */
export async function makerOf(services: Services, authority: Authority) {
  return { key: await services.keys.getOrCreate(keyNameOf('maker')), certificate: authority.maker }
}

/** Puts the certificates where `verify FILE` looks for them: `<data>/trust/*.cer`. */
export const onAuthorityMade: Reaction = {
  name: 'seals.on-authority-made',
  on: ['seals.authority-made'],
  prepare: async (ctx) => {
    const authority = await findAuthority(ctx.db)
    if (!authority) throw new Error('Bug: an authority was made and is not there')
    const dir = join(ctx.services.config.dataDir, 'trust')
    await mkdir(dir, { recursive: true })
    for (const role of roles) {
      const path = join(dir, `${role}.cer`)
      await writeFile(`${path}.part`, authority[role].raw, { flush: true })
      await rename(`${path}.part`, path)
    }
    return null
  },
  run: async () => undefined,
}
