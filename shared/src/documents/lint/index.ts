/** The checker (公文校验). */
export { applyFix, blocksSubmission, editRuns, lintDocument, lintRules, offsetInFullText } from './lint.ts'
export type { Finding, Fix, LintContext, LintRule, RuleLevel, Severity, TextEdit } from './model.ts'
export { ruleLevels } from './model.ts'
export { findNumberFaults } from './number-text.ts'
export type { NumberFault } from './number-text.ts'
export { lintEn } from './strings.en.ts'
export { lintZh } from './strings.zh-CN.ts'
