/** Templates (模板) of documents. */
export * from './begin-document.ts'
export * from './built-in.ts'
export { type BuiltInId, builtInIds, type BuiltInTemplate } from './built-in-parts.ts'
export * from './contract.ts'
export * from './decide-template.ts'
export * from './kinds.ts'
export * from './model.ts'
