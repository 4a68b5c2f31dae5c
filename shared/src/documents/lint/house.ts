/** What an office may set of the checker: rules of practice and of its own, and its word lists (词库). */
import { z } from 'zod'

const word = z.string().trim().min(1).max(60)
const severity = z.enum(['error', 'warning', 'hint', 'off'])

/** The office's settings. Every list is kept in the order given. */
export const houseRulesSchema = z.object({
  /** How much a rule of practice or of the office weighs here; rules that are not named weigh as in the catalogue. */
  weights: z.record(z.string().max(8), severity).default({}),
  /** Words to be written otherwise (规范用语): the wrong form and the right one. */
  terms: z.array(z.object({ wrong: word, right: word })).max(2000).default([]),
  /** Words not to be used (禁用词), with what to do instead. */
  forbidden: z.array(z.object({ word, advice: z.string().trim().max(100) })).max(2000).default([]),
  /** Authorised short forms (规范化简称) besides those of the directory. */
  shortNames: z.array(z.object({ name: word, short: word })).max(1000).default([]),
  /** Leaders in their order (领导排序): name and full post. */
  leaders: z.array(z.object({ name: z.string().trim().min(2).max(20), post: word })).max(200).default([]),
  /** The other superior of an organ under double leadership (双重领导). */
  dualSuperiors: z.array(word).max(10).default([]),
})
/** The office's settings. */
export type HouseRules = z.output<typeof houseRulesSchema>

/** Settings of an office that has set nothing. */
export const emptyHouse: HouseRules = { weights: {}, terms: [], forbidden: [], shortNames: [], leaders: [], dualSuperiors: [] }
