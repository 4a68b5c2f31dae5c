/** Seals (印章), applications to use them (用印申请), permits (用印许可) and impressions (用印). */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'

/** An electronic seal. */
export type SealId = Brand<string, 'SealId'>
/** An application to use a seal. */
export type SealApplicationId = Brand<string, 'SealApplicationId'>
/** A one-time permit to impress. */
export type SealPermitId = Brand<string, 'SealPermitId'>
/** One impression. */
export type ImpressionId = Brand<string, 'ImpressionId'>

/** Schema of a `SealId`. */
export const sealIdSchema = idSchema<'SealId'>()
/** Schema of a `SealApplicationId`. */
export const sealApplicationIdSchema = idSchema<'SealApplicationId'>()
/** Schema of a `SealPermitId`. */
export const sealPermitIdSchema = idSchema<'SealPermitId'>()
/** Schema of an `ImpressionId`. */
export const impressionIdSchema = idSchema<'ImpressionId'>()

/** organ 法定名称章, section 内设机构章, special 业务专用章. */
export const sealKinds = ['organ', 'section', 'special'] as const
/** One of the kinds. */
export type SealKind = (typeof sealKinds)[number]

/** Where a seal comes from: drawn 按规则绘制 and scanned 据印模扫描 are the office's own (本单位自制); outside 外部签发 is another authority's, with its picture, certificate and key. */
export const sealOrigins = ['drawn', 'scanned', 'outside'] as const
/** One of them. */
export type SealOrigin = (typeof sealOrigins)[number]

/** applied 已申请 → approved 已审批 → made 已制章 → filed 已备案 → active 启用 ⇄ suspended 停用 → ending 待注销 → destroyed 已销毁;
 * refused 未获批准. */
export const sealStates = ['applied', 'approved', 'made', 'filed', 'active', 'suspended', 'ending', 'destroyed', 'refused'] as const
/** One of the states. */
export type SealState = (typeof sealStates)[number]

/** applied 待审批, permitted 待用印 (approved: a permit is open), impressed 已用印, refused 不同意, withdrawn 已撤回, expired 许可过期. */
export const applicationStates = ['applied', 'permitted', 'impressed', 'refused', 'withdrawn', 'expired'] as const
/** One of the states. */
export type ApplicationState = (typeof applicationStates)[number]

/** asked 待审批, approved 待换证. */
export const renewalStates = ['asked', 'approved'] as const
/** One of the states. */
export type RenewalState = (typeof renewalStates)[number]

/** Who issues lists of revoked certificates: the root for the issuing authority, that one for seals, makers and services. */
export const listIssuers = ['issuing', 'root'] as const
/** One of them. */
export type ListIssuer = (typeof listIssuers)[number]

/** What people call a seal: two of one organ differ only in the line under the star. */
export const sealNameOf = ({ name, bottomLine }: { readonly name: string; readonly bottomLine: string }): string => (bottomLine === '' ? name : `${name}（${bottomLine}）`)

/** A seal as shown. Times are ms UTC, null before they happened. */
export const sealViewSchema = z.object({
  id: sealIdSchema,
  /** 印文: the words round the seal. */
  name: z.string(),
  /** Straight line under the star, e.g. 合同专用章; empty when there is none. */
  bottomLine: z.string(),
  kind: z.enum(sealKinds),
  origin: z.enum(sealOrigins),
  /** Maker of a seal from outside as its certificate names it; empty for the office's own. */
  outsideMaker: z.string(),
  state: z.enum(sealStates),
  organId: unitIdSchema,
  organName: z.string(),
  /** The organ whose keeper holds it. */
  custodianId: unitIdSchema,
  custodianName: z.string(),
  keeperPostId: postIdSchema,
  keeperName: z.string(),
  diameterMm: z.number(),
  /** 印章编码, empty before it is made. */
  code: z.string(),
  /** Serial of the seal's certificate in hexadecimal, empty before it is made. */
  certificateSerial: z.string(),
  validUntil: z.number().nullable(),
  proposedBy: z.string(),
  approvedBy: z.string(),
  madeBy: z.string(),
  changedAt: z.number(),
  /** Why it was refused, suspended or destroyed. */
  reason: z.string(),
  /** Who asked that it be destroyed (申请注销), empty otherwise: another person destroys it. */
  endedBy: z.string(),
  /** Which certificate of the seal is in force: 1 for the first, one more after each renewal (换证). */
  generation: z.number().int(),
  /** The renewal under way (换证): asked 待审批, approved 待换证; null when there is none. */
  renewal: z.object({ state: z.enum(renewalStates), reason: z.string(), askedBy: z.string(), approvedBy: z.string() }).nullable(),
  /** Lent to a colleague for a time (临时代管), running or to come; null when it is not. */
  lending: z.object({ postId: postIdSchema, personName: z.string(), from: z.number(), until: z.number(), reason: z.string(), lentBy: z.string() }).nullable(),
  impressions: z.number(),
})
/** A seal as shown. */
export type SealView = z.output<typeof sealViewSchema>

/** 骑缝章: single strips on every page, double on every sheet printed on both sides. `centreY` is the strips’ middle below the top edge, mm. */
export const straddleSchema = z.object({ sheets: z.enum(['single', 'double']), centreY: z.number() })
/** A seal over the seam. */
export type Straddle = z.output<typeof straddleSchema>

/** Where a seal may stand: page from 1, millimetres from the left and top edge; slack is how far the centre may move. */
export const sealPlaceSchema = z.object({
  page: z.number().int().min(1),
  centreX: z.number(),
  centreY: z.number(),
  slackX: z.number().nonnegative(),
  slackY: z.number().nonnegative(),
  /** Set when the same seal also goes over the seam of the pages (骑缝章). */
  straddle: straddleSchema.nullable().default(null),
})
/** Where a seal may stand. */
export type SealPlace = z.output<typeof sealPlaceSchema>

/** One place for a seal in a document’s layout: whose it is, the seal in use for it, and how far its use has come. */
export const sealNeedSchema = z.object({
  /** 署名 at the place. */
  organ: z.string(),
  page: z.number().int(),
  /** null when no seal in use here bears that name. */
  sealId: sealIdSchema.nullable(),
  sealName: z.string(),
  custodianName: z.string(),
  /** none 未申请, asked 已申请或已批准, impressed 已用印. */
  state: z.enum(['none', 'asked', 'impressed']),
})
/** One place for a seal. */
export type SealNeed = z.output<typeof sealNeedSchema>

/** A 用印申请 with its permit. `digest` is the SM3 of the PDF it was made for, hexadecimal. */
export const applicationViewSchema = z.object({
  id: sealApplicationIdSchema,
  state: z.enum(applicationStates),
  documentId: documentIdSchema,
  title: z.string(),
  /** 发文字号, empty when there is none. */
  number: z.string(),
  pages: z.number().int(),
  digest: z.string(),
  seal: sealViewSchema,
  place: sealPlaceSchema,
  applicantName: z.string(),
  appliedAt: z.number(),
  approverName: z.string(),
  decidedAt: z.number().nullable(),
  opinion: z.string(),
  /** Until when the permit may be used. */
  validUntil: z.number().nullable(),
  keeperName: z.string(),
  impressedAt: z.number().nullable(),
  /** SM3 of the sealed PDF, empty before. */
  sealedDigest: z.string(),
})
/** A 用印申请 with its permit. */
export type ApplicationView = z.output<typeof applicationViewSchema>

/** One line of the ledger (用印台账). */
export const impressionViewSchema = z.object({
  /** Ids as they stand in the register: a row that was not put in by the product may have any, and must be seen all the same. */
  id: z.string(),
  applicationId: z.string(),
  documentId: z.string(),
  sealName: z.string(),
  title: z.string(),
  number: z.string(),
  applicantName: z.string(),
  approverName: z.string(),
  keeperName: z.string(),
  /** Whom the keeper acted for (代), empty otherwise. */
  onBehalfOf: z.string(),
  at: z.number(),
  page: z.number().int(),
  x: z.number(),
  y: z.number(),
  digest: z.string(),
  sealedDigest: z.string(),
  /** Whether the act that made it says the same; false for a line changed or put in behind the product's back. */
  agrees: z.boolean(),
})
/** One line of the ledger. */
export type ImpressionView = z.output<typeof impressionViewSchema>
