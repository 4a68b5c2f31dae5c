/** The single writer. Units of work that wait together share one commit (group commit); each stands in its own savepoint,
 * so one that fails is undone alone. Nobody is answered before the commit is on disk. */
import { Fault } from '../log/fault.ts'
import type { Statement } from './types.ts'

/** The writer's connection. */
export interface WriterConnection {
  /** Makes sure before a transaction that there is a connection; one that was lost is replaced. */
  ready(): Promise<void>
  run(sql: string): Promise<void>
  /** Runs a statement with parameters. */
  runStatement(statement: Statement): Promise<void>
  /** Undoes the open transaction; none being open is no error.
   * @throws when it is not known what the connection would write next */
  undo(): Promise<void>
}

interface Job {
  readonly work: () => Promise<unknown>
  /** The same work as a statement, when it is nothing else. */
  readonly statement: (() => Statement) | null
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

type Outcome = { readonly job: Job; readonly ok: true; readonly value: unknown } | { readonly job: Job; readonly ok: false; readonly error: unknown }

const largestGroup = 64

/** How transactions are opened on an engine. */
export interface Beginning {
  /** The statements that open one. */
  readonly begin: readonly string[]
  /** Whether a statement by itself may do without them: the engine makes it a transaction, and nothing else has to be held meanwhile. */
  readonly isLoneStatementSafe: boolean
}

/** Queues work for one connection. */
export class GroupCommit {
  readonly #connection: WriterConnection
  readonly #beginning: Beginning
  readonly #queue: Job[] = []
  #pumping: Promise<void> | null = null
  #broken: unknown = null

  constructor(connection: WriterConnection, beginning: Beginning) {
    this.#connection = connection
    this.#beginning = beginning
  }

  /** Adds one unit of work; settles after its group has committed or failed. */
  add<T>(work: () => Promise<T>): Promise<T> {
    return this.#enqueue(work, null)
  }

  /** Adds a unit of work that is one statement, made when its turn comes. Alone in its group it is a transaction of its own. */
  addStatement(statement: () => Statement): Promise<void> {
    return this.#enqueue(() => this.#connection.runStatement(statement()), statement)
  }

  #enqueue<T>(work: () => Promise<T>, statement: (() => Statement) | null): Promise<T> {
    if (this.#broken !== null) {
      return Promise.reject(new Fault('the writer has stopped after a failed commit', { cause: this.#broken, code: 'base.read-only' }))
    }
    return new Promise<T>((resolve, reject) => {
      // Safe because `work` and `resolve` belong to the same T; the queue only carries them.
      this.#queue.push({ work, statement, resolve: resolve as (value: unknown) => void, reject })
      this.#pumping ??= this.#pump()
    })
  }

  /** Waits until nothing is queued. */
  async drain(): Promise<void> {
    while (this.#pumping) await this.#pumping
  }

  async #pump(): Promise<void> {
    try {
      // Work that arrives in the same turn joins the first group.
      await Promise.resolve()
      while (this.#queue.length > 0) await this.#commitGroup(this.#queue.splice(0, largestGroup))
    } finally {
      this.#pumping = null
    }
  }

  async #commitGroup(group: readonly Job[]): Promise<void> {
    const outcomes: Outcome[] = []
    const alone = group.length === 1 && this.#beginning.isLoneStatementSafe ? (group[0]?.statement ?? null) : null
    try {
      await this.#connection.ready()
      if (alone !== null) await this.#connection.runStatement(alone())
      else await this.#runEach(group, outcomes)
    } catch (error) {
      await this.#rollBack(error)
      for (const job of group) job.reject(error)
      return
    }
    if (alone !== null) return group[0]?.resolve(undefined)
    for (const outcome of outcomes) {
      if (outcome.ok) outcome.job.resolve(outcome.value)
      else outcome.job.reject(outcome.error)
    }
  }

  async #runEach(group: readonly Job[], outcomes: Outcome[]): Promise<void> {
    for (const sql of this.#beginning.begin) await this.#connection.run(sql)
    for (const job of group) outcomes.push(await this.#attempt(job))
    await this.#connection.run('COMMIT')
  }

  async #attempt(job: Job): Promise<Outcome> {
    await this.#connection.run('SAVEPOINT work')
    try {
      const value = await job.work()
      await this.#connection.run('RELEASE SAVEPOINT work')
      return { job, ok: true, value }
    } catch (error) {
      await this.#connection.run('ROLLBACK TO SAVEPOINT work')
      await this.#connection.run('RELEASE SAVEPOINT work')
      return { job, ok: false, error }
    }
  }

  /** A failed fsync must never be retried (the kernel may have dropped the page), so an I/O error stops the writer for good;
   * a full disk only undoes the group. */
  async #rollBack(cause: unknown): Promise<void> {
    if (String(cause).includes('SQLITE_IOERR')) this.#broken = cause
    try {
      await this.#connection.undo()
    } catch (error) {
      this.#broken = error
    }
  }
}
