/** The directory room (通讯录): people, units, posts, deputies, and sessions. */
export * from './calendar-contract.ts'
export * from './contract.ts'
export { directoryRefusals } from './errors.ts'
export * from './model.ts'
export { directoryEn } from './strings.en.ts'
export { directoryZh } from './strings.zh-CN.ts'
