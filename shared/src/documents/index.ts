/** The documents room (公文): what an official document is, how it is read, checked and laid out. */
export * from './layout/model.ts'
export * from './model.ts'
export * from './ydoc.ts'
export * from './gongwen/numbering.ts'
export * from './gongwen/numerals.ts'
export * from './text/index.ts'
export { importEn } from './text/strings.en.ts'
export { importZh } from './text/strings.zh-CN.ts'
