/** The catalogue of rules (规则目录). A heading 版头, B title 标题, C 主送 and 行文关系, D text, E attachments, F closing, G imprint and pages,
 * H punctuation, N figures, X hidden characters. */
import type { LintRule } from './model.ts'
import { adoptionRules } from './rules/adoption.ts'
import { attachmentRules } from './rules/attachments.ts'
import { citationRules } from './rules/citations.ts'
import { closingRules } from './rules/closing.ts'
import { endingRules } from './rules/ending.ts'
import { figureRules } from './rules/figures.ts'
import { headRules } from './rules/head.ts'
import { hiddenRules } from './rules/hidden.ts'
import { kindRules } from './rules/kinds.ts'
import { levelRules } from './rules/levels.ts'
import { lexiconRules } from './rules/lexicon.ts'
import { singleMarkRules } from './rules/marks.ts'
import { noteRules } from './rules/notes.ts'
import { numberRules } from './rules/number.ts'
import { numberTextRules } from './rules/numbers.ts'
import { pagePartRules } from './rules/page-parts.ts'
import { pageRules } from './rules/pages.ts'
import { provisionRules } from './rules/provisions.ts'
import { punctuationRules } from './rules/punctuation.ts'
import { recipientRules } from './rules/recipients.ts'
import { relationRules } from './rules/relations.ts'
import { signRules } from './rules/signs.ts'
import { titleMatterRules } from './rules/title-matter.ts'
import { titleRules } from './rules/title.ts'
import { wordingRules } from './rules/wording.ts'

/** All rules, in the order of their ids. */
export const lintRules: readonly LintRule[] = [
  ...numberRules,
  ...headRules,
  ...titleRules,
  ...titleMatterRules,
  ...recipientRules,
  ...relationRules,
  ...levelRules,
  ...kindRules,
  ...citationRules,
  ...provisionRules,
  ...wordingRules,
  ...lexiconRules,
  ...figureRules,
  ...attachmentRules,
  ...closingRules,
  ...adoptionRules,
  ...endingRules,
  ...noteRules,
  ...pageRules,
  ...pagePartRules,
  ...signRules,
  ...punctuationRules,
  ...singleMarkRules,
  ...numberTextRules,
  ...hiddenRules,
].sort((a, b) => (a.id < b.id ? -1 : 1))

const byId: ReadonlyMap<string, LintRule> = new Map(lintRules.map((rule) => [rule.id, rule]))

/** The rule of that id, or null. */
export function findRule(id: string): LintRule | null {
  return byId.get(id) ?? null
}
