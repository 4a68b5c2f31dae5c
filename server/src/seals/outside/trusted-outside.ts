/** The explicit trust store: certificates of outside authorities and seal makers that two administrators have let in. */
import { type AnyCertificate, type Certificate, fromHex, readAnyCertificate } from '@xiewen/crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadDb } from '../../platform/database/index.ts'
import type { Reaction } from '../../platform/slice.ts'
import { publishTrust } from '../authority.ts'
import { listOutsideTrust, type OutsideTrustRecord } from './outside-tables.ts'

type ClassicCertificate = Extract<AnyCertificate, { kind: 'classic' }>['certificate']

/** What counts besides the installation's own. */
export interface OutsideTrust {
  readonly sm2: readonly Certificate[]
  readonly classic: readonly ClassicCertificate[]
}

/** A certificate of the store. Safe to fail loudly: only readable ones are let in. */
export function certificateOf(row: Pick<OutsideTrustRecord, 'certificate' | 'id'>): AnyCertificate {
  const certificate = readAnyCertificate(fromHex(row.certificate))
  if (certificate === null) throw new Error(`Bug: the trust store holds ${row.id}, which is no certificate`)
  return certificate
}

/** Everyone of the outside who is trusted now. */
export async function findOutsideTrusted(db: ReadDb): Promise<OutsideTrust> {
  const trusted = (await listOutsideTrust(db)).filter((row) => row.state === 'trusted').map(certificateOf)
  return { sm2: trusted.flatMap((each) => (each.kind === 'sm2' ? [each.certificate] : [])), classic: trusted.flatMap((each) => (each.kind === 'classic' ? [each.certificate] : [])) }
}

/** The authorities among them: whoever may sign a list of revoked certificates. */
export async function listOutsideAuthorities(db: ReadDb): Promise<readonly AnyCertificate[]> {
  const { sm2, classic } = await findOutsideTrusted(db)
  const all: readonly AnyCertificate[] = [...sm2.map((certificate) => ({ kind: 'sm2', certificate }) as const), ...classic.map((certificate) => ({ kind: 'classic', certificate }) as const)]
  return all.filter((each) => each.certificate.isAuthority)
}

const fileOf = (row: Pick<OutsideTrustRecord, 'fingerprint'>): string => `outside-${row.fingerprint.slice(0, 24)}.cer`

/** Lays trusted certificates out in `<data>/trust` beside the own ones, and takes removed ones away. */
export const publishOutsideTrust: Reaction = {
  name: 'seals.publish-outside-trust',
  on: ['seals.trust-confirmed', 'seals.trust-removed'],
  prepare: async (ctx) => {
    const rows = await listOutsideTrust(ctx.db)
    const trusted = rows.filter((row) => row.state === 'trusted')
    await publishTrust(ctx.services, trusted.map((row) => ({ name: fileOf(row), bytes: fromHex(row.certificate) })))
    const stays = new Set(trusted.map(fileOf))
    for (const row of rows) if (!stays.has(fileOf(row))) await rm(join(ctx.services.config.dataDir, 'trust', fileOf(row)), { force: true })
    return null
  },
  run: async () => undefined,
}
