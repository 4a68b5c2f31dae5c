/** What PostgreSQL and its driver throw, told apart: a statement that failed, or a server that cannot be reached. */
import pg from 'pg'
import { Fault } from '../log/fault.ts'

/** Classes of SQLSTATE that say no more than that there is no server to talk to: lost connections, shutting down, out of sessions,
 * and a session ended for standing still inside a transaction. */
const awayStates = /^(08|57P|53300|25P03)/

/** The error to throw on: a Fault the user is asked to try again after, when the server is away; otherwise the error as it was.
 *
 * The driver's own errors (lost sockets, time-outs) are no `DatabaseError` and carry no SQLSTATE. */
export function asPgFault(cause: unknown): unknown {
  if (cause instanceof Fault) return cause
  // A value the driver cannot write is a mistake of ours, and says so.
  if (cause instanceof TypeError || cause instanceof RangeError) return cause
  if (cause instanceof pg.DatabaseError && !awayStates.test(cause.code ?? '')) return cause
  return new Fault('PostgreSQL cannot be reached', { cause, retriable: true, code: 'base.store-away' })
}
