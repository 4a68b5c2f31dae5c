/** Templates (模板) of documents. */
export * from './begin-document.ts'
export * from './built-in.ts'
export * from './contract.ts'
export * from './decide-template.ts'
export * from './kinds.ts'
export * from './model.ts'
