/** The door to the bridge for the interface. */
export { bridge, bridgeOver } from './bridge.ts'
export type { Bridge } from './bridge.ts'
export { browserApi } from './browser-api.ts'
export type { PageApi } from './page-api.ts'
export type {
  BridgeAnswer,
  BridgeInput,
  BridgeOutput,
  Destination,
  LinkState,
  Preferences,
} from './contract/contract.ts'
export type { BridgeEvent, OfficeChannel } from './contract/channels.ts'
export { desktopEn } from './contract/strings.en.ts'
export { desktopZh } from './contract/strings.zh-CN.ts'
