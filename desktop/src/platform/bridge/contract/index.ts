/** The door to the bridge's contract, for main, preload and pages alike. */
export * from './channels.ts'
export * from './contract.ts'
export * from './errors.ts'
export { desktopEn } from './strings.en.ts'
export { desktopZh } from './strings.zh-CN.ts'
