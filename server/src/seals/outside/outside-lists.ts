/** Lists of revoked certificates (CRL) of outside authorities in the trust store, the newest of each issuer and part. A list is signed by its authority, so one
 * administrator brings it in. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AnyCertificate, CryptoError, equalBytes, fromHex, isListSignedByAny, kindOfList, parseRevocationList, readDerOrPem, type RevocationList, sm3, toHex } from '@xiewen/crypto'
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import type { ReadDb } from '../../platform/database/index.ts'
import type { Reaction } from '../../platform/slice.ts'
import { publishTrust } from '../authority.ts'
import { listOutsideLists, type OutsideListRecord } from './outside-list-table.ts'
import { readOutsideLists } from './read-lists.ts'
import { listOutsideAuthorities } from './trusted-outside.ts'

/** The lists as the verifier takes them; it counts those whose issuer is trusted. */
export async function findOutsideLists(db: ReadDb): Promise<readonly RevocationList[]> {
  return [...(await readOutsideLists(db)).values()]
}

/** Lays the lists of trusted authorities out in `<data>/trust` for the command line and for evidence packages, and takes those of removed ones away. */
export const publishOutsideLists: Reaction = {
  name: 'seals.publish-outside-lists',
  on: ['seals.list-imported', 'seals.trust-confirmed', 'seals.trust-removed'],
  prepare: async (ctx) => {
    const trusted = new Set((await listOutsideAuthorities(ctx.db)).map((each) => issuerKeyOf(each.kind, each.certificate.subject.raw)))
    const rows = await listOutsideLists(ctx.db)
    const lists = await readOutsideLists(ctx.db)
    const isTrusted = (row: Pick<OutsideListRecord, 'issuer'>): boolean => trusted.has(issuerOf(row))
    await publishTrust(ctx.services, rows.flatMap((row) => { const list = lists.get(row.issuer); return list !== undefined && isTrusted(row) ? [{ name: fileOf(row), bytes: list.raw }] : [] }))
    for (const row of rows) if (!isTrusted(row)) await rm(join(ctx.services.config.dataDir, 'trust', fileOf(row)), { force: true })
    return null
  },
  run: async () => undefined,
}

/** Which list of an issuer: an authority may keep one for SM2 and one for RSA or ECDSA certificates under the same name (DER). */
export const issuerKeyOf = (kind: AnyCertificate['kind'], name: Uint8Array): string => `${kind === 'sm2' ? '' : 'classic:'}${toHex(name)}`

/** Which list it succeeds: that of the same issuer, and of the same part where it is a partitioned one. */
export const listKeyOf = (list: RevocationList): string => `${issuerKeyOf(kindOfList(list), list.issuer.raw)}${list.scope === null ? '' : `#${toHex(sm3(list.scope.raw)).slice(0, 24)}`}`

/** Whose list it is, as `issuerKeyOf` says. */
export const issuerOf = ({ issuer }: Pick<OutsideListRecord, 'issuer'>): string => issuer.replace(/#.*$/, '')

const fileOf = ({ issuer }: Pick<OutsideListRecord, 'issuer'>): string => {
  const [, side = '', name = '', part] = /^(classic:)?([^#]*)(?:#(.*))?$/.exec(issuer) ?? []
  return `outside-${toHex(sm3(fromHex(name))).slice(0, 24)}${side === '' ? '' : '-classic'}${part === undefined ? '' : `-${part}`}.crl`
}

/** Clocks of authorities and ours may differ a little. */
const clockSkewMs = 10 * 60_000

/** A list that may be brought in now: signed by an authority trusted here, and newer than the one at hand.
 *
 * @returns refused `seals.list-unreadable`, `seals.list-delta`, `seals.list-indirect`, `seals.list-attributes`, `seals.list-weak`, `seals.list-algorithm`, `seals.list-unknown-issuer`, `seals.list-forged`, `seals.list-future`, `seals.list-known`, `seals.list-older`
 */
export async function judgeList(db: ReadDb, file: Uint8Array, digestOf: (der: Uint8Array) => BlobDigest, now: number): Promise<Result<RevocationList>> {
  const found = read(file)
  if (!found.ok) return found
  const list = found.value
  const issuer = list.issuer.text
  const named = (await listOutsideAuthorities(db)).filter((each) => each.kind === kindOfList(list) && equalBytes(each.certificate.subject.raw, list.issuer.raw))
  if (named.length === 0) return refuse('seals.list-unknown-issuer', { issuer })
  if (!(await Promise.all(named.map((authority) => isListSignedByAny(list, authority)))).includes(true)) return refuse('seals.list-forged', { issuer })
  if (list.thisUpdate > now + clockSkewMs) return refuse('seals.list-future', { issuer })
  const before = (await listOutsideLists(db)).find((row) => row.issuer === listKeyOf(list))
  if (before?.digest === digestOf(list.raw)) return refuse('seals.list-known')
  return before && isOlder(list, before) ? refuse('seals.list-older', { issuer, number: before.list_number }) : accept(list)
}

/** Numbers only grow (RFC 5280 5.2.3); a list without one is judged by its day. */
function isOlder(list: RevocationList, before: Pick<OutsideListRecord, 'this_update' | 'list_number'>): boolean {
  if (list.thisUpdate < Number(before.this_update)) return true
  return list.number !== null && before.list_number !== '' && list.number <= BigInt(before.list_number)
}

function read(file: Uint8Array): Result<RevocationList> {
  const der = readDerOrPem(file, 'X509 CRL')
  try {
    return der === null ? refuse('seals.list-unreadable') : accept(parseRevocationList(der))
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    switch (cause.code) {
      case 'list.delta':
        return refuse('seals.list-delta')
      case 'list.indirect':
        return refuse('seals.list-indirect')
      case 'list.attributes':
        return refuse('seals.list-attributes')
      case 'list.weak':
        return refuse('seals.list-weak')
      case 'list.algorithm':
        return refuse('seals.list-algorithm')
      default:
        return refuse('seals.list-unreadable')
    }
  }
}
