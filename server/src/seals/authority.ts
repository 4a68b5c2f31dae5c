/** The installation's own authority: a root, an issuing authority below it, a maker of seals (制章者), and the two services of time
 * stamps (时间戳) and certificate status. Its certificates say plainly that the seals are the office's own (本单位自制印章) and not
 * those of a certified authority, and that the time is the office's own. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, type CertificateProfile, fromHex, issueCertificate, type Issuer, parseCertificate, toHex } from '@xiewen/crypto'
import type { CommandContext, QueryContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { Refused } from '../platform/log/fault.ts'
import type { Services } from '../platform/services.ts'
import type { Reaction } from '../platform/slice.ts'
import { addressesOf } from './trust-services/addresses.ts'
import type { SealsTables } from './tables.ts'

const basicRoles = ['root', 'issuing', 'maker'] as const
const serviceRoles = ['timestamp', 'ocsp'] as const
const roles = [...basicRoles, ...serviceRoles] as const
type AuthorityRole = (typeof roles)[number]
/** Services of the authority. */
export type ServiceRole = (typeof serviceRoles)[number]

/** Certificates by role. The services are null in an installation that began without them, until they are added. */
export type Authority = Readonly<Record<(typeof basicRoles)[number], Certificate>> & Readonly<Record<ServiceRole, Certificate | null>>

const yearMs = 365 * 86_400_000
const validYears = { root: 30, issuing: 20, maker: 15, timestamp: 15, ocsp: 15 } as const
const labels = { root: '自建根证书', issuing: '自建签发证书', maker: '制章者', timestamp: '自建时间戳服务', ocsp: '证书状态服务' } as const
const profiles = { root: 'root', issuing: 'issuing', maker: 'signer', timestamp: 'timestamp', ocsp: 'ocsp' } as const satisfies Record<AuthorityRole, CertificateProfile>

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
  return root && issuing && maker ? { root, issuing, maker, timestamp: of('timestamp'), ocsp: of('ocsp') } : null
}

/** Everyone whose word counts here: what verifiers are given to trust. */
export function listTrusted(authority: Authority): readonly Certificate[] {
  return [authority.root, authority.issuing, authority.maker]
}

/** The authority in force with all its services, or a new one; `keepAuthority` still has to store what is new. */
export async function prepareAuthority(ctx: QueryContext): Promise<Authority & Readonly<Record<ServiceRole, Certificate>>> {
  const known = await findAuthority(ctx.db)
  const rootKey = await ctx.services.keys.getOrCreate(keyNameOf('root'))
  const root = known?.root ?? (await issue(ctx, 'root', { key: rootKey, certificate: null }))
  const issuing = known?.issuing ?? (await issue(ctx, 'issuing', { key: rootKey, certificate: root }))
  const issuer: Issuer = { key: await ctx.services.keys.getOrCreate(keyNameOf('issuing')), certificate: issuing }
  return {
    root,
    issuing,
    maker: known?.maker ?? (await issue(ctx, 'maker', issuer)),
    timestamp: known?.timestamp ?? (await issue(ctx, 'timestamp', issuer)),
    ocsp: known?.ocsp ?? (await issue(ctx, 'ocsp', issuer)),
  }
}

async function issue(ctx: QueryContext, role: AuthorityRole, issuer: Issuer): Promise<Certificate> {
  const { keys, config } = ctx.services
  const { publicKey } = await keys.getOrCreate(keyNameOf(role))
  const order = {
    profile: profiles[role],
    subject: { country: 'CN', organisation: config.officeName, unit: '本单位自制印章（未经认证）', commonName: `${config.officeName}${labels[role]}` },
    publicKey,
    notBefore: ctx.now - 1000,
    notAfter: ctx.now + validYears[role] * yearMs,
    ...(role === 'root' ? {} : addressesOf(config, role === 'issuing' ? 'root' : 'issuing')),
  }
  return issueCertificate(order, issuer)
}

/** Stores what a prepared authority has in addition; another one stored meanwhile wins.
 *
 * @throws Refused `base.conflict` when the prepared one is not the one in force
 */
export async function keepAuthority(ctx: CommandContext, prepared: Authority): Promise<void> {
  const known = await findAuthority(ctx.db)
  if (known && toHex(known.root.raw) !== toHex(prepared.root.raw)) throw new Refused('base.conflict')
  const rows = roles.flatMap((role) => {
    const certificate = prepared[role]
    return certificate === null || known?.[role] ? [] : [{ role, certificate: toHex(certificate.raw), at: ctx.now }]
  })
  if (rows.length === 0) return
  await tables<SealsTables>(ctx.db).insertInto('seal_authority').values(rows).execute()
  const data = { name: prepared.root.subject.text, roles: rows.map((row) => row.role) }
  await ctx.record({ kind: known ? 'seals.services-made' : 'seals.authority-made', subject: { kind: 'seal-authority', id: prepared.root.serial }, data })
}

/** Who issues certificates of seals. */
export async function issuerOf(services: Services, authority: Authority) {
  return { key: await services.keys.getOrCreate(keyNameOf('issuing')), certificate: authority.issuing }
}

/** Who signs seals. */
export async function makerOf(services: Services, authority: Authority) {
  return { key: await services.keys.getOrCreate(keyNameOf('maker')), certificate: authority.maker }
}

/** Who signs the list of what the root has revoked. */
export async function rootOf(services: Services, authority: Authority) {
  return { key: await services.keys.getOrCreate(keyNameOf('root')), certificate: authority.root }
}

/** Who answers for a service, or null before it has a certificate. */
export async function serviceOf(services: Services, authority: Authority, role: ServiceRole) {
  const certificate = authority[role]
  return certificate === null ? null : { key: await services.keys.getOrCreate(keyNameOf(role)), certificate }
}

/** Puts files where `verify FILE` looks for trust: `<data>/trust`. A reader never sees half a file. */
export async function publishTrust(services: Services, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
  const dir = join(services.config.dataDir, 'trust')
  await mkdir(dir, { recursive: true })
  for (const { name, bytes } of files) {
    const path = join(dir, name)
    await writeFile(`${path}.part`, bytes, { flush: true })
    await rename(`${path}.part`, path)
  }
}

/** Publishes the certificates of those who are trusted: `<data>/trust/*.cer`. */
export const onAuthorityMade: Reaction = {
  name: 'seals.on-authority-made',
  on: ['seals.authority-made'],
  prepare: async (ctx) => {
    const authority = await findAuthority(ctx.db)
    if (!authority) throw new Error('Bug: an authority was made and is not there')
    await publishTrust(ctx.services, basicRoles.map((role) => ({ name: `${role}.cer`, bytes: authority[role].raw })))
    return null
  },
  run: async () => undefined,
}
