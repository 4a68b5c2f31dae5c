/** Commands and queries of the seals room. Facts: `seals.proposed`, `seals.approved`, `seals.declined`, `seals.made`, `seals.filed`,
 * `seals.enabled`, `seals.suspended`, `seals.resumed`, `seals.handed-over`, `seals.renewal-asked`, `seals.renewal-approved`,
 * `seals.renewal-declined`, `seals.renewed`, `seals.destruction-asked`, `seals.kept-on`, `seals.destroyed`, `seals.lent`, `seals.lending-ended`; of the installation's authority:
 * `seals.authority-made`, `seals.services-made`, `seals.revocation-lists-due`, `seals.revocation-lists-issued`; of use: `seals.applied`,
 * `seals.permitted`, `seals.use-refused`, `seals.withdrawn`, `seals.expired`, `seals.impressed` (all with `documentId` and `sealId`), of several at a time those of `batch/`;
 * of keeping books: `seals.reconciliation-due`, `seals.reconciled`, `seals.alarm-raised`, `seals.register-taken`; `seals.verified`. */
import { z } from 'zod'
import { forAnyone, forDuties, forStaff } from '../base/access.ts'
import { civilDateSchema } from '../base/instant.ts'
import { command, download, listOf, pageOf, pageRequest, protocol, query, upload } from '../base/contract.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'
import {
  applicationStates, applicationViewSchema, impressionIdSchema, sealOrigins, impressionViewSchema, listIssuers, sealApplicationIdSchema, sealIdSchema, sealKinds, sealNeedSchema, sealViewSchema,
} from './model.ts'
import { impressionOrderSchema, sealBatches } from './batch/batch-contract.ts'
import { sealCopies } from './copy-contract.ts'
import { sealRegister } from './register/register-contract.ts'
import { sealMaterialIdSchema, sealsFromOutside } from './outside-contract.ts'
import { findingKinds } from './rules/reconcile.ts'
import { permitMinutes } from './rules/use.ts'
import { verdicts } from './verdicts.ts'

const forSealPeople = forDuties('seal-keeper', 'seal-approver', 'registrar', 'security-admin', 'audit-admin')
const reason = z.string().trim().min(1).max(200)
/** How long a certificate is good. */
const years = z.number().int().min(1).max(10).default(5)
const oneSeal = { sealId: sealIdSchema }
const oneApplication = { applicationId: sealApplicationIdSchema }

const verifyReasonSchema = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

const placeOnPaperSchema = z.object({ page: z.number(), leftMm: z.number(), topMm: z.number(), widthMm: z.number(), heightMm: z.number() })

/** One seal found in a file, as `summarizeReport` of crypto/ words it. `picture` is a data URL, empty when the seal carries a kind no browser
 * shows. `state` is the seal's state in this installation's register, null when it is not registered here. */
export const verifiedSealSchema = z.object({
  verdict: z.enum(verdicts),
  reasons: z.array(verifyReasonSchema),
  notes: z.array(z.string()),
  sealName: z.string(),
  sealCode: z.string(),
  makerName: z.string(),
  signerName: z.string(),
  certificateSerial: z.string(),
  certificatePath: z.array(z.string()),
  signedAt: z.number().nullable(),
  /** Whose word the time is. */
  timeSource: z.enum(['time-stamp', 'signer', 'none']),
  timeAuthority: z.string(),
  revocation: z.enum(['good', 'revoked', 'revoked-since', 'stale', 'unknown']),
  /** SubFilter of a PDF signature; `SES`, `CMS` or `SESeal` elsewhere. */
  format: z.string(),
  /** The revision of the file it covers, from 1, and how many bytes that is. */
  revision: z.number(),
  page: z.number().nullable(),
  places: z.array(placeOnPaperSchema),
  coveredBytes: z.number(),
  picture: z.string(),
  state: z.string().nullable(),
  /** Where that registered seal comes from, null when it is not registered here. */
  origin: z.enum(sealOrigins).nullable(),
})

/** Outcome of verifying a file. `registered` says whether exactly these bytes were sealed here. */
export const verificationSchema = z.object({
  verdict: z.enum(verdicts),
  kind: z.enum(['pdf', 'ofd', 'ses', 'seal', 'cms', 'unknown']),
  digest: z.string(),
  sizeBytes: z.number(),
  reasons: z.array(verifyReasonSchema),
  seals: z.array(verifiedSealSchema),
  registered: z.object({ title: z.string(), number: z.string(), at: z.number() }).nullable(),
})
/** Outcome of verifying a file. */
export type Verification = z.output<typeof verificationSchema>

/** Permits, impressions and recorded acts held against each other now (核对). `unexplained` must be 0; `findings` names what it counts, the
 * first hundred. `checkedAt` is when the server last did it by itself, null before the first night. */
export const reconciliationSchema = z.object({
  permits: z.number(), open: z.number(), used: z.number(), lapsed: z.number(), impressions: z.number(), unexplained: z.number(),
  findings: z.array(z.object({ kind: z.enum(findingKinds), sealId: z.string(), sealName: z.string(), id: z.string() })),
  checkedAt: z.number().nullable(),
})

const count = z.number().int()

/** The state of all seals at a glance (印章概览). Times ms UTC; days are civil dates in China. */
export const overviewSchema = z.object({
  byState: z.record(z.string(), count),
  expiring: z.array(z.object({ sealId: sealIdSchema, name: z.string(), custodianName: z.string(), validUntil: z.number(), isRenewing: z.boolean() })),
  /** 外部吊销列表和证书: lists of outside authorities that are due and outside certificates in the trust store that end soon, or have, without a successor. */
  outside: z.array(z.object({ id: z.string(), what: z.enum(['list', 'authority', 'maker']), name: z.string(), endsAt: z.number(), isOver: z.boolean() })),
  /** Every one of the last thirty days, the earliest first. */
  byDay: z.array(z.object({ day: civilDateSchema, impressions: count })),
  /** Attempts to act on seals that were refused in the last thirty days, newest first, the last fifty; `refusedTotal` counts them all. */
  refused: z.array(z.object({ at: z.number(), personName: z.string(), act: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
  refusedTotal: count,
  /** 电子印章覆盖率: organs whose seal of their name is in use, of all organs; `without` names the first hundred that have none. */
  coverage: z.object({ organs: count, covered: count, without: z.array(z.string()) }),
  reconciliation: reconciliationSchema,
})
/** The state of all seals at a glance. */
export type SealsOverview = z.output<typeof overviewSchema>

/** A seal's whole life. */
const sealLife = {
  list: query({
    name: 'seals.list',
    summary: 'All seals with their state, custody and number of impressions.',
    access: forSealPeople,
    input: z.strictObject({ organId: unitIdSchema.optional() }),
    output: z.object({ seals: z.array(sealViewSchema) }),
  }),
  propose: command({
    name: 'seals.propose',
    summary: 'Applies for a seal of the caller’s organ, or of the government its office serves; the caller will keep it.',
    access: forDuties('seal-keeper'),
    input: z.strictObject({
      organId: unitIdSchema.optional(),
      /** Section of the organ, for 内设机构章. */
      sectionId: unitIdSchema.optional(),
      kind: z.enum(sealKinds).default('organ'),
      bottomLine: z.string().trim().max(12).default(''),
      /** A scanned impression or a seal from outside the caller has handed in; without it the seal is drawn by the rules. */
      materialId: sealMaterialIdSchema.optional(),
    }),
    output: z.object({ sealId: sealIdSchema }),
  }),
  approveSeal: command({
    name: 'seals.approve-seal',
    summary: 'Approves that a seal be made.',
    access: forDuties('seal-approver'),
    stepUp: true,
    input: z.strictObject(oneSeal),
    output: z.object({}),
  }),
  refuseSeal: command({
    name: 'seals.refuse-seal',
    summary: 'Declines an application for a seal.',
    access: forDuties('seal-approver'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  make: command({
    name: 'seals.make',
    summary: 'Makes an approved seal: key, certificate, picture drawn by the rules, GB/T 38540 seal; and enters it in the register (备案).',
    access: forDuties('security-admin'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, years }),
    output: z.object({ code: z.string() }),
  }),
  enable: command({
    name: 'seals.enable',
    summary: 'The keeper takes the seal over and puts it into use.',
    access: forDuties('seal-keeper'),
    input: z.strictObject(oneSeal),
    output: z.object({}),
  }),
  suspend: command({
    name: 'seals.suspend',
    summary: 'Takes a seal out of use for now; open permits cannot be used.',
    access: forDuties('seal-approver', 'seal-keeper'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  resume: command({
    name: 'seals.resume',
    summary: 'Puts a suspended seal back into use.',
    access: forDuties('seal-approver'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  handOver: command({
    name: 'seals.hand-over',
    summary: 'Gives a seal into the custody of another keeper (移交), with the permits that wait for it.',
    access: forDuties('seal-approver'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, keeperPostId: postIdSchema }),
    output: z.object({}),
  }),
  lend: command({
    name: 'seals.lend',
    summary: 'Lends a seal to a colleague of the same organ for a time (临时代管), at most sixty days; both see every impression, and it ends by itself.',
    access: forDuties('seal-keeper', 'seal-approver'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, postId: postIdSchema, from: z.number().int(), until: z.number().int(), reason }),
    output: z.object({}),
  }),
  endLending: command({
    name: 'seals.end-lending',
    summary: 'Ends a lending before its time: the keeper, an approver, or the colleague who gives it back.',
    access: forStaff,
    input: z.strictObject(oneSeal),
    output: z.object({}),
  }),
  askDestruction: command({
    name: 'seals.ask-destruction',
    summary: 'Asks that a seal be destroyed (申请注销); from now on it cannot be used. Another person destroys it.',
    access: forDuties('seal-approver', 'seal-keeper'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  keepOn: command({
    name: 'seals.keep-on',
    summary: 'Keeps a seal that was to be destroyed (不予注销); it rests until it is resumed.',
    access: forDuties('seal-approver'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  askRenewal: command({
    name: 'seals.ask-renewal',
    summary: 'Asks for a new certificate of a seal in use (申请换证).',
    access: forDuties('seal-keeper'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  approveRenewal: command({
    name: 'seals.approve-renewal',
    summary: 'Approves a renewal.',
    access: forDuties('seal-approver'),
    stepUp: true,
    input: z.strictObject(oneSeal),
    output: z.object({}),
  }),
  refuseRenewal: command({
    name: 'seals.refuse-renewal',
    summary: 'Declines a renewal; the certificate in force stays.',
    access: forDuties('seal-approver'),
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  renew: command({
    name: 'seals.renew',
    summary: 'Renews a seal (换证): a new key and certificate under the same name, picture and code; the old key is destroyed, its impressions stay valid.',
    access: forDuties('security-admin'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, years }),
    output: z.object({ serial: z.string() }),
  }),
  destroy: command({
    name: 'seals.destroy',
    summary: 'The second person destroys a seal’s key for good and revokes its certificates; earlier impressions stay valid.',
    access: forDuties('security-admin'),
    stepUp: true,
    input: z.strictObject({ ...oneSeal, reason }),
    output: z.object({}),
  }),
  picture: download({
    name: 'seals.picture',
    summary: 'The seal’s picture as SVG, in its size on paper.',
    access: forSealPeople,
    input: z.strictObject(oneSeal),
  }),
} as const

/** Using seals. */
const sealUse = {
  apply: command({
    name: 'seals.apply',
    summary: 'Asks for a seal on a typeset document, bound to the digest of its PDF; without a seal named, the issuing organ’s own.',
    access: forDuties('registrar'),
    input: z.strictObject({
      documentId: documentIdSchema,
      sealId: sealIdSchema.optional(),
      /** 骑缝章: for prints on one side of the paper or on both. */
      straddle: z.enum(['none', 'single', 'double']).default('none'),
    }),
    output: z.object({ applicationId: sealApplicationIdSchema }),
  }),
  needs: query({
    name: 'seals.needs',
    summary: 'The places for seals in a typeset document, one for each issuing organ (联合行文), with the seal of each and how far its use has come.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ pages: z.number().int(), needs: z.array(sealNeedSchema) }),
  }),
  applications: query({
    name: 'seals.applications',
    summary: 'Applications of the organs the caller works for, newest first; or all of one document the caller may see.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema.optional(), state: z.enum(applicationStates).optional(), ...pageRequest }),
    output: pageOf(applicationViewSchema),
  }),
  application: query({
    name: 'seals.application',
    summary: 'One application, with what the caller may do with it.',
    access: forStaff,
    input: z.strictObject(oneApplication),
    output: z.object({
      application: applicationViewSchema,
      abilities: z.object({ approve: z.boolean(), impress: z.boolean(), withdraw: z.boolean() }),
    }),
  }),
  approve: command({
    name: 'seals.approve',
    summary: 'Approves an application and issues its one-time permit, good for exactly this file until it lapses.',
    access: forDuties('seal-approver'),
    stepUp: true,
    input: z.strictObject({
      ...oneApplication,
      opinion: z.string().trim().max(200).default('同意用印'),
      validMinutes: z.number().int().min(permitMinutes.least).max(permitMinutes.most).default(permitMinutes.usual),
    }),
    output: z.object({ validUntil: z.number() }),
  }),
  refuse: command({
    name: 'seals.refuse',
    summary: 'Refuses an application or takes back its unused permit.',
    access: forDuties('seal-approver'),
    input: z.strictObject({ ...oneApplication, reason }),
    output: z.object({}),
  }),
  withdraw: command({
    name: 'seals.withdraw',
    summary: 'The applicant takes an application back before the seal is impressed.',
    access: forDuties('registrar'),
    input: z.strictObject(oneApplication),
    output: z.object({}),
  }),
  impress: command({
    name: 'seals.impress',
    summary: 'Impresses the seal on the permitted file at its lawful place, moved by at most its slack (mm), and verifies the result.',
    // A deputy of the keeper may hold other duties; the rules ask for the keeper's post itself.
    access: forStaff,
    stepUp: true,
    input: z.strictObject(impressionOrderSchema),
    output: z.object({ impressionId: impressionIdSchema, digest: z.string(), verification: verificationSchema }),
  }),
  ledger: query({
    name: 'seals.ledger',
    summary: 'Impressions of the seals the caller’s organs keep (all for the auditor), newest first, and the reconciliation of permits (用印台账).',
    access: forDuties('seal-keeper', 'seal-approver', 'audit-admin'),
    input: z.strictObject({ sealId: sealIdSchema.optional(), ...pageRequest }),
    output: pageOf(impressionViewSchema).extend({ reconciliation: reconciliationSchema }),
  }),
  reconcile: command({
    name: 'seals.reconcile',
    summary: 'Has every line of the books held against the ledger of acts now instead of in the night (立即核对); the outcome is kept, and what is new in it raises an alarm.',
    access: forDuties('seal-keeper', 'seal-approver', 'security-admin', 'audit-admin'),
    input: z.strictObject({}),
    output: z.object({}),
  }),
  overview: query({
    name: 'seals.overview',
    summary: 'The seals at a glance: by state, certificates and outside lists that end soon, use by day, refused attempts, coverage of organs (电子印章覆盖率), reconciliation (印章概览).',
    access: forDuties('seal-keeper', 'seal-approver', 'security-admin', 'audit-admin'),
    input: z.strictObject({}),
    output: overviewSchema,
  }),
} as const

/** Open to anyone. */
const sealCheck = {
  verify: upload({
    name: 'seals.verify',
    summary: 'Verifies the seals of a PDF or OFD: who, when, which seal, and whether anything was changed since (验章). The file is not kept.',
    access: forAnyone,
    recordsAnonymously: true,
    input: z.strictObject({}),
    output: verificationSchema,
  }),
  trust: query({
    name: 'seals.trust',
    summary: 'Whom this installation trusts for seals: certificates of its root, its issuing authority and its seal makers (DER, base64), and the revocations, for verifying elsewhere.',
    access: forAnyone,
    input: z.strictObject({}),
    output: z.object({
      certificates: z.array(z.string()),
      /** `issuer` is the exact name of the issuer, DER in base64. */
      revoked: z.array(z.object({ issuer: z.string(), serial: z.string(), revokedAt: z.number() })),
      /** The lists of revoked certificates in force (CRL, DER, base64). */
      lists: z.array(z.string()),
      /** RSA and ECDSA certificates of outside authorities, as `certificates`. */
      classic: z.array(z.string()),
      /** Issuers (exact names, DER, base64) whose revocations are all in `revoked`. */
      registerOf: z.array(z.string()),
      at: z.number(),
    }),
  }),
  registered: query({
    name: 'seals.registered',
    summary: 'Whether exactly the file with this digest (SM3) was sealed here, and the state of the seals with these certificates.',
    access: forAnyone,
    input: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), serials: listOf(z.string().max(64)).refine((all) => all.length <= 128) }),
    output: z.object({
      registered: z.object({ title: z.string(), number: z.string(), at: z.number() }).nullable(),
      states: z.record(z.string(), z.string()),
      origins: z.record(z.string(), z.enum(sealOrigins)),
    }),
  }),
  revocations: query({
    name: 'seals.revocations',
    summary: 'Certificates of destroyed seals with the time of revocation.',
    access: forAnyone,
    input: z.strictObject({}),
    output: z.object({ revocations: z.array(z.object({ serial: z.string(), revokedAt: z.number(), sealName: z.string() })) }),
  }),
} as const

/** Services of the installation's own authority, for verifiers of any make. */
const sealTrust = {
  revocationList: download({
    name: 'seals.revocation-list',
    summary: 'The list of revoked certificates (CRL, DER) of the issuing authority or of the root, at the address its certificates name.',
    access: forAnyone,
    input: z.strictObject({ of: z.enum(listIssuers).default('issuing') }),
  }),
  ocsp: protocol({
    name: 'seals.ocsp',
    summary: 'Answers whether a certificate of this installation’s issuing authority is good, revoked or unknown (OCSP, RFC 6960; SM2 with SM3).',
    media: { request: 'application/ocsp-request', response: 'application/ocsp-response', inPath: true },
  }),
  timestamp: protocol({
    name: 'seals.timestamp',
    summary: 'Stamps an SM3 digest with the office’s own time (RFC 3161; SM2 with SM3). It is not the time of a certified service.',
    media: { request: 'application/timestamp-query', response: 'application/timestamp-reply', inPath: false },
  }),
} as const

/** Everything the seals room answers. */
export const sealsContract = { ...sealLife, ...sealUse, ...sealBatches, ...sealCheck, ...sealTrust, ...sealCopies, ...sealRegister, ...sealsFromOutside } as const
