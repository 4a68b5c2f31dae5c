/** The preload of both pages: it puts `window.xiewen` into the page and nothing else. One fixed function per request; a page
 * cannot name a channel. Built into a single file, because a sandboxed preload can load no other. */
import { contextBridge, ipcRenderer } from 'electron'
import {
  bridgeEvents,
  eventChannel,
  officeChannels,
  pageOrigins,
  serverArgument,
  setupChannels,
} from '../platform/bridge/contract/channels.ts'

type Listener = (detail: unknown) => void

const here = `${location.protocol}//${location.host}`
const page = pageOf(here)
if (page !== null) contextBridge.exposeInMainWorld('xiewen', apiOf(page === 'setup' ? setupChannels : officeChannels))

function pageOf(origin: string): 'office' | 'setup' | null {
  if (origin === pageOrigins.office) return 'office'
  return origin === pageOrigins.setup ? 'setup' : null
}

function apiOf(channels: readonly string[]): object {
  const requests = channels.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)] as const)
  const listeners = new Map<string, Set<Listener>>(bridgeEvents.map((name) => [name, new Set<Listener>()]))
  ipcRenderer.on(eventChannel, (_event, name: string, detail: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(detail)
  })
  const subscriptions = bridgeEvents.map(
    (name) => [name, (listener: Listener) => subscribe(listeners.get(name), listener)] as const,
  )
  return {
    serverOrigin: process.argv.find((arg) => arg.startsWith(serverArgument))?.slice(serverArgument.length) ?? '',
    requests: Object.fromEntries(requests),
    on: Object.fromEntries(subscriptions),
  }
}

function subscribe(set: Set<Listener> | undefined, listener: Listener): () => void {
  set?.add(listener)
  return () => void set?.delete(listener)
}
