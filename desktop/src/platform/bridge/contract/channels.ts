/** The names that cross between a page and the main process. Nothing else crosses: the preload exposes one fixed function
 * per name, and no function takes a channel name. Kept free of imports, so that the sandboxed preload stays small. */

/** What the office page (the interface) may ask the main process. */
export const officeChannels = [
  'shell.describe',
  'shell.set-preferences',
  'shell.show-counts',
  'shell.open-external',
  'shell.change-server',
  'link.describe',
  'copies.read',
  'copies.append',
  'copies.replace',
  'copies.erase',
  'copies.list',
] as const

/** What the address set-up page may ask. It has no other rights, and the office page has none of these. */
export const setupChannels = ['setup.describe', 'setup.test', 'setup.save'] as const

/** What the main process tells a page. */
export const bridgeEvents = ['navigate', 'link', 'locked'] as const

/** Name of a request of the office page. */
export type OfficeChannel = (typeof officeChannels)[number]
/** Name of a request of the set-up page. */
export type SetupChannel = (typeof setupChannels)[number]
/** Name of any request. */
export type BridgeChannel = OfficeChannel | SetupChannel
/** Name of an event. */
export type BridgeEvent = (typeof bridgeEvents)[number]

/** Origins of our own two pages. They differ so that the rights of one are never the rights of the other. */
export const pageOrigins = { office: 'app://xiewen', setup: 'app://setup' } as const
/** Which of our pages speaks. */
export type BridgePage = keyof typeof pageOrigins

/** The IPC channel that carries events; the first argument names the event. */
export const eventChannel = 'xiewen.event'
/** Command-line argument through which main hands the server's origin to the preload. */
export const serverArgument = '--xiewen-server='
