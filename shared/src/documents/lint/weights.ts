/** Which rules an office may weigh otherwise, and what they weigh there. */
import type { HouseRules } from './house.ts'
import type { LintRule, Severity } from './model.ts'

/** Whether an office may tune a rule: law, regulation and standards bind everybody. */
export function isTunable(rule: Pick<LintRule, 'level'>): boolean {
  return rule.level === 'practice' || rule.level === 'unit'
}

/** What a rule weighs in an office: its own severity, another one, or off. */
export function weightOf(rule: Pick<LintRule, 'id' | 'level'>, house: HouseRules | undefined): Severity | 'off' | null {
  return isTunable(rule) ? (house?.weights[rule.id] ?? null) : null
}

/** The first setting that would touch a rule nobody may tune, or names no rule; null when all are fine.
 *
 * @param find the catalogue
 */
export function findBindingRule(house: HouseRules, find: (id: string) => Pick<LintRule, 'level' | 'clause'> | null): { readonly id: string; readonly clause: string | null } | null {
  for (const id of Object.keys(house.weights)) {
    const rule = find(id)
    if (!rule || !isTunable(rule)) return { id, clause: rule?.clause ?? null }
  }
  return null
}
