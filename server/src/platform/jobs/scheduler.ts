/** Planning timed work inside a transaction: it is durable, due-time based and survives downtime. */

/** A planned run. `key` makes it unique: planning again under the same kind and key moves the due time and payload. */
export interface PlannedJob {
  readonly name: string
  readonly key: string
  /** UTC ms. */
  readonly dueAt: number
  /** JSON value given to the job. */
  readonly payload: unknown
}

/** Job acts inside a transaction. */
export interface JobScheduler {
  plan(job: PlannedJob): Promise<void>
  /** Plans a job unless one of this name and key was ever planned: for what was there before the job was. */
  planFirst(job: PlannedJob): Promise<void>
  cancel(name: string, key: string): Promise<void>
}
