/** Links of the form `xiewen://document/<id>` from mails and other programs. They may lead to a page; they never carry an
 * address, markup, or an act. */
import { idPattern } from '@xiewen/shared/base'
import { destinationKinds } from '../../platform/bridge/contract/index.ts'
import type { Destination } from '../../platform/bridge/contract/index.ts'

/** The scheme the client registers with the operating system. */
export const deepLinkScheme = 'xiewen'

/** Reads a link. Anything but `xiewen://inbox` and `xiewen://<kind>/<id>` is refused with null: other verbs, further path
 * parts, queries, fragments, ports, names and passwords. */
export function parseDeepLink(text: string): Destination | null {
  const match = /^xiewen:\/\/([a-z]+)(?:\/([0-9a-z]+))?\/?$/.exec(text)
  if (match === null) return null
  const [, verb, id] = match
  if (verb === 'inbox') return id === undefined ? { kind: 'inbox' } : null
  const kind = destinationKinds.find((known) => known === verb)
  return kind === undefined || id === undefined || !idPattern.test(id) ? null : { kind, id }
}

/** The first deep link among a program's arguments, or null. */
export function deepLinkAmong(args: readonly string[]): Destination | null {
  const text = args.find((arg) => arg.startsWith(`${deepLinkScheme}:`))
  return text === undefined ? null : parseDeepLink(text)
}
