/** The archive room (档案): finished documents kept as pieces. */
export * from './contract.ts'
export { archiveRefusals } from './errors.ts'
export * from './model.ts'
export * from './rules/archive-number.ts'
export * from './rules/decide-filing.ts'
export * from './rules/suggest-period.ts'
export { archiveEn } from './strings.en.ts'
export { archiveZh } from './strings.zh-CN.ts'
