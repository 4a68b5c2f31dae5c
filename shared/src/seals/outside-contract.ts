/** What comes from elsewhere: scanned impressions, seals of outside authorities with their keys, and the certificates this installation trusts besides its
 * own. Facts: `seals.material-read`, `seals.material-cleared`, `seals.material-unused`, `seals.trust-proposed`, `seals.trust-confirmed`, `seals.trust-removed`, `seals.list-imported`; importing a key is `seals.made` with `origin` outside. */
import { z } from 'zod'
import { forDuties } from '../base/access.ts'
import { command, query, upload } from '../base/contract.ts'
import { idSchema } from '../base/ids.ts'
import { sealIdSchema } from './model.ts'

/** Id of a scanned impression or received seal, before a seal is applied for with it. */
export const sealMaterialIdSchema = idSchema<'SealMaterialId'>()
/** Id of an outside certificate in the trust store. */
export const outsideTrustIdSchema = idSchema<'OutsideTrustId'>()

/** What an outside certificate is trusted for: authority 根证书或签发机构, maker 制章者 (a seal of any other maker is not trusted even under a trusted authority). */
export const trustUses = ['authority', 'maker'] as const
/** proposed 待确认 → trusted 受信任 → removed 已移除. */
export const trustStates = ['proposed', 'trusted', 'removed'] as const

/** Limits of a scanned picture, the same in the browser and on the server: pixels altogether, and the fewest the impression must be across. */
export const scanLimits = { mostPixels: 1_700_000, mostSide: 1300, leastAcross: 300, mostBytes: 8 * 1024 * 1024 } as const

const trustEntrySchema = z.object({
  id: outsideTrustIdSchema,
  use: z.enum(trustUses),
  state: z.enum(trustStates),
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  /** SM2, RSA or ECDSA. */
  algorithm: z.string(),
  /** SM3 of the certificate: what the two administrators compare with what the authority publishes. */
  fingerprint: z.string(),
  validUntil: z.number(),
  /** Of a trusted certificate without a successor: whether it ends within sixty days, or has. */
  ending: z.enum(['later', 'soon', 'ended']),
  proposedBy: z.string(),
  confirmedBy: z.string(),
  changedAt: z.number(),
  reason: z.string(),
})

/** Id of a list of revoked certificates of an outside authority. */
export const outsideListIdSchema = idSchema<'OutsideListId'>()
/** valid 有效, due 将到期: a newer one should be fetched now, stale 已过期: what the authority has revoked since is not known; replaced 已有代替: due or past, but another list of the
 * issuer speaks for all it speaks for and ends later; untrusted: its authority was taken out of the trust store. */
export const outsideListStates = ['valid', 'due', 'stale', 'replaced', 'untrusted'] as const

const listEntrySchema = z.object({
  id: outsideListIdSchema,
  issuer: z.string(),
  /** As the authority counts them; empty where it does not. */
  number: z.string(),
  thisUpdate: z.number(),
  nextUpdate: z.number(),
  entries: z.number().int(),
  /** Of a partitioned list, the part of the issuer's certificates it is about and where it is published; null for a whole one. */
  part: z.object({ holders: z.enum(['all', 'users', 'authorities']), isSomeReasons: z.boolean(), address: z.string() }).nullable(),
  state: z.enum(outsideListStates),
  importedBy: z.string(),
  importedAt: z.number(),
})

/** Everything from elsewhere. */
export const sealsFromOutside = {
  readMaterial: upload({
    name: 'seals.read-material',
    summary: 'Takes in a scanned impression (PNG or JPEG: ground removed, red kept, cropped) or a seal of an outside authority (SESeal, DER), to apply for a seal with it.',
    access: forDuties('seal-keeper'),
    bodyLimitBytes: scanLimits.mostBytes,
    input: z.strictObject({ of: z.enum(['scan', 'outside']) }),
    output: z.object({
      materialId: sealMaterialIdSchema,
      /** Of a seal from outside: its words, maker, version and end; empty or null for a scan. */
      name: z.string(),
      maker: z.string(),
      validUntil: z.number().nullable(),
    }),
  }),
  importKey: command({
    name: 'seals.import-key',
    summary: 'Brings the key of an approved seal from outside into the key store (PKCS#12), in place of making; the key must be one the seal names. The file and its password are not kept.',
    access: forDuties('security-admin'),
    stepUp: true,
    bodyLimitBytes: 256 * 1024,
    input: z.strictObject({ sealId: sealIdSchema, file: z.base64().max(120_000), password: z.string().max(200) }),
    output: z.object({ serial: z.string() }),
  }),
  listTrust: query({
    name: 'seals.list-trust',
    summary: 'The outside certificates trusted here, proposed and removed ones too.',
    access: forDuties('security-admin', 'system-admin', 'audit-admin'),
    input: z.strictObject({}),
    output: z.object({ entries: z.array(trustEntrySchema) }),
  }),
  proposeTrust: upload({
    name: 'seals.propose-trust',
    summary: 'Proposes an outside certificate (PEM or DER; SM2, RSA or ECDSA) for the trust store; another administrator confirms it.',
    access: forDuties('security-admin'),
    stepUp: true,
    bodyLimitBytes: 64 * 1024,
    input: z.strictObject({ use: z.enum(trustUses) }),
    output: z.object({ id: outsideTrustIdSchema, subject: z.string(), fingerprint: z.string() }),
  }),
  confirmTrust: command({
    name: 'seals.confirm-trust',
    summary: 'The second administrator confirms a proposed certificate; from now on it counts in every verification here.',
    access: forDuties('system-admin'),
    stepUp: true,
    input: z.strictObject({ id: outsideTrustIdSchema }),
    output: z.object({}),
  }),
  removeTrust: command({
    name: 'seals.remove-trust',
    summary: 'Takes an outside certificate out of the trust store at once; either administrator may.',
    access: forDuties('security-admin', 'system-admin'),
    stepUp: true,
    input: z.strictObject({ id: outsideTrustIdSchema, reason: z.string().trim().min(1).max(200) }),
    output: z.object({}),
  }),
  importList: upload({
    name: 'seals.import-list',
    summary: 'Brings in a list of revoked certificates (CRL, DER or PEM; SM2, RSA or ECDSA) of an authority in the trust store: signed by it and newer than the one at hand. Its signature vouches for it, so one administrator does.',
    access: forDuties('security-admin', 'system-admin'),
    bodyLimitBytes: 4 * 1024 * 1024,
    input: z.strictObject({}),
    output: z.object({ issuer: z.string(), entries: z.number().int(), nextUpdate: z.number(), isStale: z.boolean() }),
  }),
  listLists: query({
    name: 'seals.list-lists',
    summary: 'The newest list of revoked certificates of each outside authority, whether it is still in force, and the authorities that have none.',
    access: forDuties('security-admin', 'system-admin', 'audit-admin'),
    input: z.strictObject({}),
    output: z.object({ lists: z.array(listEntrySchema), without: z.array(z.string()) }),
  }),
} as const

/** A list of an outside authority as shown. */
export type OutsideListView = z.output<typeof listEntrySchema>
/** An outside certificate as shown. */
export type OutsideTrustView = z.output<typeof trustEntrySchema>
