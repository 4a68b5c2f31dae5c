/** People, units, posts and deputies. */
import { z } from 'zod'
import { duties } from '../base/access.ts'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'

/** A person with an account. */
export type PersonId = Brand<string, 'PersonId'>
/** A region, organ or section. */
export type UnitId = Brand<string, 'UnitId'>
/** A place in a unit held by a person. */
export type PostId = Brand<string, 'PostId'>
/** A deputy's authority for a time. */
export type DelegationId = Brand<string, 'DelegationId'>

/** Schema of a `PersonId`. */
export const personIdSchema = idSchema<'PersonId'>()
/** Schema of a `UnitId`. */
export const unitIdSchema = idSchema<'UnitId'>()
/** Schema of a `PostId`. */
export const postIdSchema = idSchema<'PostId'>()
/** Schema of a `DelegationId`. */
export const delegationIdSchema = idSchema<'DelegationId'>()

/** region 区域 (a tier that holds organs), organ 机关 (issues documents in its own name), section 内设机构. */
export const unitKinds = ['region', 'organ', 'section'] as const

/** One unit. `order` is its place among its siblings in the list of precedence (名次). */
export const unitSchema = z.object({
  id: unitIdSchema,
  parentId: unitIdSchema.nullable(),
  kind: z.enum(unitKinds),
  name: z.string(),
  /** 规范化简称 */
  shortName: z.string(),
  /** 机关代字 this organ may number with, e.g. 云政办发, 云政办函. */
  codes: z.array(z.string()),
  order: z.number().int(),
})
/** One unit. */
export type Unit = z.output<typeof unitSchema>

/** One post. */
export const postSchema = z.object({
  id: postIdSchema,
  personId: personIdSchema,
  unitId: unitIdSchema,
  /** 职务, e.g. 副主任 */
  title: z.string(),
  duties: z.array(z.enum(duties)),
  /** The post shown first and acted through when nothing else is said. */
  primary: z.boolean(),
})
/** One post. */
export type Post = z.output<typeof postSchema>

/** A post with the names needed to show it. */
export const postViewSchema = postSchema.extend({
  personName: z.string(),
  unitName: z.string(),
  organId: unitIdSchema,
  organName: z.string(),
})
/** A post with the names needed to show it. */
export type PostView = z.output<typeof postViewSchema>

/** A person as colleagues see them. The phone number is masked unless the viewer may see it. */
export const personViewSchema = z.object({
  id: personIdSchema,
  name: z.string(),
  login: z.string(),
  phone: z.string(),
  state: z.enum(['invited', 'active', 'disabled']),
  posts: z.array(postViewSchema),
})
/** A person as colleagues see them. */
export type PersonView = z.output<typeof personViewSchema>

/** A delegation as shown: 甲 (deputy) acts for 乙 (principal). */
export const delegationViewSchema = z.object({
  id: delegationIdSchema,
  principalPost: postViewSchema,
  deputyPost: postViewSchema,
  from: z.number(),
  until: z.number(),
  reason: z.string(),
  revokedAt: z.number().nullable(),
})
/** A delegation as shown. */
export type DelegationView = z.output<typeof delegationViewSchema>
