/** The connection on which a node keeps its leases and hears notices: apart from the single writer, so that a long act elsewhere never
 * makes a living node look dead. Comes back by itself. */
import pg from 'pg'
import { keepAlive } from '../database/silence-watch.ts'

/** Asks PostgreSQL, one question after another. */
export interface Control {
  /** @throws Error while there is no connection */
  ask(sql: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/** What the owner of a control is told. */
export interface ControlHooks {
  readonly heard: (payload: string) => void
  /** Connected, listening again; what was said in between has not been heard. */
  readonly connected: () => void
}

const againAfterMs = 250
/** A question without an answer by then has no answer: the network may be cut without a word. */
const answerWithinMs = 5_000

/** Connects, and connects again whenever the connection is lost. Resolves with the first connection. */
export async function openControl(url: string, channel: string, hooks: ControlHooks): Promise<Control> {
  let client: pg.Client | null = null
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | null = null

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, ...keepAlive, connectionTimeoutMillis: answerWithinMs, query_timeout: answerWithinMs })
    fresh.on('error', () => lose(fresh))
    fresh.on('end', () => lose(fresh))
    fresh.on('notification', ({ payload }) => hooks.heard(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${channel}`)
    } catch (cause) {
      fresh.end().catch(() => undefined)
      throw cause
    }
    client = fresh
    hooks.connected()
  }

  function lose(lost: pg.Client): void {
    if (client !== lost) return
    client = null
    again()
  }

  function again(): void {
    if (isClosed) return
    timer = setTimeout(() => void connect().catch(again), againAfterMs)
    timer.unref()
  }

  await connect()
  return {
    ask(sql, parameters = []) {
      // The driver takes one question at a time; one that fails does not hold up the next.
      const asked = last.then(async () => {
        if (client === null) throw new Error('no connection to PostgreSQL')
        const { rows } = await client.query<Record<string, unknown>>(sql, [...parameters])
        return rows
      })
      last = asked.catch(() => undefined)
      return asked
    },
    async close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await last
      const ending = client
      client = null
      await ending?.end()
    },
  }
}
