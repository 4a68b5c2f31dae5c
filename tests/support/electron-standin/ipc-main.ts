/** The stand-in's `ipcMain`. */
import { EventEmitter } from 'node:events'

/** Who sent a message: as much of Electron's event as a gate should look at. */
export interface SenderEvent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

type Handler = (event: SenderEvent, ...args: readonly unknown[]) => unknown

/** The stand-in's `ipcMain`: handlers by channel, one each. */
export class StandinIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Runs a channel's handler as Electron does when a page invokes it. */
  async invoke(channel: string, event: SenderEvent, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...args)
  }
}
