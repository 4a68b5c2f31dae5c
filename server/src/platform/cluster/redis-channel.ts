/** One Redis (or Valkey) channel. It carries what may be lost: when it is away, nodes talk through PostgreSQL. */
import { createClient } from '@redis/client'

/** A channel that may be away. */
export interface RedisChannel {
  /** Connected and listening now. */
  isUp(): boolean
  /** Rejects when it could not be said. */
  say(payload: string): Promise<void>
  close(): void
}

const longestPauseMs = 2_000
const answerWithinMs = 1_000

/** Opens a channel without waiting for it; it comes back by itself.
 *
 * @param url `redis://…` or `rediss://…`
 */
export function openRedisChannel(url: string, channel: string, hooks: { readonly heard: (payload: string) => void; readonly up: () => void }): RedisChannel {
  const options = {
    url,
    // What cannot be said now is said through PostgreSQL instead.
    disableOfflineQueue: true,
    socket: { connectTimeout: answerWithinMs, reconnectStrategy: (tries: number) => Math.min(longestPauseMs, 100 * 2 ** Math.min(tries, 6)) },
  } as const
  const speaker = createClient(options)
  const listener = createClient(options)
  let isListening = false
  // Being away is an ordinary state of this channel; metrics show it.
  speaker.on('error', () => undefined)
  listener.on('error', () => {
    isListening = false
  })
  listener.on('ready', () => {
    listener
      .subscribe(channel, hooks.heard)
      .then(() => {
        isListening = true
        hooks.up()
      })
      .catch(() => undefined)
  })
  for (const client of [speaker, listener]) client.connect().catch(() => undefined)
  return {
    isUp: () => isListening && listener.isReady && speaker.isReady,
    async say(payload) {
      await speaker.publish(channel, payload)
    },
    close() {
      for (const client of [speaker, listener]) client.destroy()
    },
  }
}
