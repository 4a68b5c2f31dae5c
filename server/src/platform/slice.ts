/** How a room plugs into the server: `defineSlice` names everything it offers; `app/` mounts it. */
import type {
  Contract, ContractKind, ParsedInputOf, OutputOf, RecordedFact, RefusalTable, Result,
} from '@xiewen/shared/base'
import type { z } from 'zod'
import type { CommandContext, QueryContext } from './context.ts'
import type { StoredParts } from './blobs/blobs.ts'
import type { Migration } from './database/index.ts'

type AnyOf<K extends ContractKind> = Contract<K, z.ZodType, z.ZodType>

/** Bytes as an answer. `inline` lets browsers show it; the default is a download. */
export type FileAnswer = FileHead & ({ readonly bytes: Uint8Array } | { readonly stored: StoredParts })

interface FileHead {
  readonly mediaType: string
  readonly fileName: string
  readonly inline?: boolean
  /** The same address always has these bytes: browsers may keep them, for this person only. */
  readonly isConstant?: true
}

/** Slow or outside work before a transaction (rendering, signing), and the transaction itself. `prepare` sees a read-only
 * world; `commit` must check again whatever `prepare` relied on. */
export interface TwoStep<I, P, O> {
  readonly prepare: (ctx: QueryContext, input: I) => Promise<Result<P>>
  readonly commit: (ctx: CommandContext, input: I, prepared: P) => Promise<Result<O>>
}

/** What an answer to a query shows that must not wait for somebody to act on it. `when` looks at every answer; `act` runs in a transaction of its own
 * before the answer leaves, so it must be short (plan a job) and the same when it runs often. Its failure is reported and does not hold the answer up. */
export interface Noticing<O> {
  readonly when: (output: O) => boolean
  readonly act: (ctx: CommandContext, output: O) => Promise<void>
}

/** One contract with the use case that answers it. */
export type Operation =
  | { readonly kind: 'command'; readonly contract: AnyOf<'command'>; readonly run: TwoStep<unknown, unknown, unknown> }
  | { readonly kind: 'query'; readonly contract: AnyOf<'query'>; readonly run: (ctx: QueryContext, input: unknown) => Promise<Result<unknown>>; readonly noticing?: Noticing<unknown> }
  | { readonly kind: 'download'; readonly contract: AnyOf<'download'>; readonly run: (ctx: QueryContext, input: unknown) => Promise<Result<FileAnswer>> }
  | { readonly kind: 'upload'; readonly contract: AnyOf<'upload'>; readonly run: TwoStep<{ readonly input: unknown; readonly body: Uint8Array }, unknown, unknown> }
  | { readonly kind: 'protocol'; readonly contract: AnyOf<'protocol'>; readonly run: (ctx: QueryContext, body: Uint8Array) => Promise<Uint8Array> }

/** What a room does when a fact of another room arrives: exactly once per fact, in a transaction of its own. `prepare` may do
 * slow work first and is repeated if the commit fails. */
export interface Reaction {
  /** Constant and unique, e.g. `documents.on-signed`. */
  readonly name: string
  /** Fact kinds it listens to. */
  readonly on: readonly string[]
  readonly prepare?: (ctx: QueryContext, fact: RecordedFact) => Promise<unknown>
  readonly run: (ctx: CommandContext, fact: RecordedFact, prepared: unknown) => Promise<void>
}

/** Timed work of one kind. `misfire` says what happens when the server slept through it: `run-late` (default) runs it once it
 * wakes, `skip` records it as skipped when more than `graceMs` late. */
export interface JobKind {
  /** Constant and unique, e.g. `supervision.urge-overdue`. */
  readonly name: string
  readonly misfire: 'run-late' | 'skip'
  readonly graceMs?: number
  /** Runs every day at this minute after midnight in China; the runner plans it by itself, the first time at once. */
  readonly dailyAtMinute?: number
  readonly run: (ctx: CommandContext, job: { readonly payload: unknown; readonly dueAt: number; readonly late: boolean }) => Promise<void>
}

/** An open entry to read (待阅) of one of the caller's posts. */
export interface EntryToRead {
  readonly taskId: string
  readonly postId: string
  readonly subject: { readonly kind: string; readonly id: string }
}

/** How a room confirms reading (已阅) of the entries it lays on desks, for reading several at a time. A refusal of `confirm` must
 * come before its first write: the other entries of the act stand. `confirm` takes the entry out of the inbox. */
export interface EntryReading {
  readonly prepare: (ctx: QueryContext, entry: EntryToRead) => Promise<unknown>
  readonly confirm: (ctx: CommandContext, entry: EntryToRead, prepared: unknown) => Promise<Result<unknown>>
}

/** Declares how a room confirms reading. */
export function onReading<P>(reading: {
  readonly prepare: (ctx: QueryContext, entry: EntryToRead) => Promise<P>
  readonly confirm: (ctx: CommandContext, entry: EntryToRead, prepared: P) => Promise<Result<unknown>>
}): EntryReading {
  // Safe because the inbox hands each room what its own `prepare` made.
  return { prepare: reading.prepare, confirm: (ctx, entry, prepared) => reading.confirm(ctx, entry, prepared as P) }
}

/** Everything a room brings to the server. */
export interface Slice {
  readonly name: string
  readonly migrations: readonly Migration[]
  readonly operations: readonly Operation[]
  readonly refusals: RefusalTable
  readonly reactions?: readonly Reaction[]
  readonly jobs?: readonly JobKind[]
  /** Entries to read (待阅) this room puts in: `notice` where reading is a note, otherwise how it is confirmed. */
  readonly reading?: EntryReading | 'notice'
}

/** Declares a room; a plain value that `app/` mounts. */
export function defineSlice(slice: Slice): Slice {
  return Object.freeze(slice)
}

/** Answers a command inside one transaction; give a `TwoStep` when slow work must come first. */
export function onCommand<C extends AnyOf<'command'>, P = null>(
  contract: C,
  run:
    | ((ctx: CommandContext, input: ParsedInputOf<C>) => Promise<Result<OutputOf<C>>>)
    | TwoStep<ParsedInputOf<C>, P, OutputOf<C>>,
): Operation {
  const step = typeof run === 'function' ? { prepare: nothingToPrepare, commit: run } : run
  // Safe because the platform parses the input with this contract's schema before calling.
  return { kind: 'command', contract, run: step as unknown as TwoStep<unknown, unknown, unknown> }
}

/** Answers a query. */
export function onQuery<C extends AnyOf<'query'>>(
  contract: C,
  run: (ctx: QueryContext, input: ParsedInputOf<C>) => Promise<Result<OutputOf<C>>>,
  noticing?: Noticing<OutputOf<C>>,
): Operation {
  // Safe because the platform parses the input with this contract's schema before calling, and hands `noticing` what `run` answered.
  const pair = { run: run as (ctx: QueryContext, input: unknown) => Promise<Result<unknown>>, ...(noticing === undefined ? {} : { noticing: noticing as Noticing<unknown> }) }
  return { kind: 'query', contract, ...pair }
}

/** Answers a download with bytes. */
export function onDownload<C extends AnyOf<'download'>>(
  contract: C,
  run: (ctx: QueryContext, input: ParsedInputOf<C>) => Promise<Result<FileAnswer>>,
): Operation {
  // Safe because the platform parses the input with this contract's schema before calling.
  return { kind: 'download', contract, run: run as (ctx: QueryContext, input: unknown) => Promise<Result<FileAnswer>> }
}

/** Answers an upload: `body` is the raw request body, within the contract's limit. */
export function onUpload<C extends AnyOf<'upload'>, P = null>(
  contract: C,
  run:
    | ((ctx: CommandContext, given: { input: ParsedInputOf<C>; body: Uint8Array }) => Promise<Result<OutputOf<C>>>)
    | TwoStep<{ readonly input: ParsedInputOf<C>; readonly body: Uint8Array }, P, OutputOf<C>>,
): Operation {
  const step = typeof run === 'function' ? { prepare: nothingToPrepare, commit: run } : run
  // Safe because the platform parses the input with this contract's schema before calling.
  return { kind: 'upload', contract, run: step as unknown as TwoStep<{ readonly input: unknown; readonly body: Uint8Array }, unknown, unknown> }
}

/** Answers a published protocol. There is no refusal: what is wrong is said in the protocol's own words. */
export function onProtocol(contract: AnyOf<'protocol'>, run: (ctx: QueryContext, body: Uint8Array) => Promise<Uint8Array>): Operation {
  return { kind: 'protocol', contract, run }
}

async function nothingToPrepare(): Promise<Result<null>> {
  return { ok: true, value: null }
}
