/** Contracts: one object per command, query, download or upload. The HTTP route, the typed client, the API page and the
 * tests are all made from it, so none of them can drift. */
import { z } from 'zod'
import { type Access, forAnyone } from './access.ts'

/** The five ways to call the server. A command changes something and is a POST; a query reads and is a GET;
 * a download answers with bytes; an upload takes raw bytes as its body; a protocol is a published one, bytes in and bytes out. */
export type ContractKind = 'command' | 'query' | 'download' | 'upload' | 'protocol'

/** What travels in a published protocol. `inPath` says that the request may also stand in base64 behind the path of a GET
 * (RFC 6960 appendix A.1). */
export interface ProtocolMedia {
  readonly request: `application/${string}`
  readonly response: `application/${string}`
  readonly inPath: boolean
}

/** What both sides agree on. `name` is `<room>.<action>` in kebab-case and becomes `/api/<room>/<action>`.
 * Inputs of everything but commands travel as query parameters, so they are flat: strings, numbers (`z.coerce`), booleans
 * (`flag`) and arrays of strings (`listOf`). */
export interface Contract<K extends ContractKind, I extends z.ZodType, O extends z.ZodType> {
  readonly kind: K
  readonly name: `${string}.${string}`
  /** One English sentence for the API page. */
  readonly summary: string
  readonly access: Access
  readonly input: I
  readonly output: O
  /** Needs a proof of identity not older than five minutes (step-up, 二次认证). */
  readonly stepUp?: boolean
  /** An upload that answers from what it was handed and keeps nothing: asked again it is simply worked out anew. */
  readonly keepsNothing?: boolean
  /** Largest body accepted; 256 KiB for commands and 64 MiB for uploads when absent. */
  readonly bodyLimitBytes?: number
  /** The caller may be a person who has not signed in to this installation but the act is still recorded (verify page). */
  readonly recordsAnonymously?: boolean
  /** An open query that strangers may ask only as often as they may act: each address has its rate. */
  readonly metersStrangers?: boolean
  /** Media types of a protocol; of no other kind. */
  readonly media?: ProtocolMedia
}

/** Any contract, for walking over all of them. */
export type AnyContract = Contract<ContractKind, z.ZodType, z.ZodType>

/** What a caller hands to a contract, before parsing. */
export type InputOf<C extends AnyContract> = z.input<C['input']>
/** What a use case receives, after parsing. */
export type ParsedInputOf<C extends AnyContract> = z.output<C['input']>
/** What the caller gets back. */
export type OutputOf<C extends AnyContract> = z.output<C['output']>

type Shape<I extends z.ZodType, O extends z.ZodType> = Omit<Contract<ContractKind, I, O>, 'kind'>

/** Declares a command (POST). */
export function command<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Contract<'command', I, O> {
  return Object.freeze({ kind: 'command', ...shape })
}

/** Declares a query (GET, reads only). */
export function query<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Contract<'query', I, O> {
  return Object.freeze({ kind: 'query', ...shape })
}

/** Declares a download (GET, answers with bytes). */
export function download<I extends z.ZodType>(
  shape: Omit<Shape<I, typeof noOutput>, 'output'>,
): Contract<'download', I, typeof noOutput> {
  return Object.freeze({ kind: 'download', output: noOutput, ...shape })
}

/** Declares an upload (POST with raw bytes as `application/octet-stream`; the input travels in the query string). */
export function upload<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Contract<'upload', I, O> {
  return Object.freeze({ kind: 'upload', ...shape })
}

/** Declares a published protocol (POST with a body of its own media type, answered with bytes). Its clients know nothing of our
 * sessions and headers, so it is open to anyone, reads only, and says in its own words what is wrong. */
export function protocol(
  shape: Omit<Shape<typeof noOutput, typeof noOutput>, 'input' | 'output' | 'access'> & { readonly media: ProtocolMedia },
): Contract<'protocol', typeof noOutput, typeof noOutput> {
  return Object.freeze({ kind: 'protocol', access: forAnyone, input: noOutput, output: noOutput, ...shape })
}

/** The path a contract is served under. */
export function pathOf(contract: AnyContract): string {
  return `/api/${contract.name.replace('.', '/')}`
}

/** An input or output with no fields. Unknown fields are refused. */
export const nothing = z.strictObject({})
const noOutput = nothing

/** A boolean that travels in a query string as `true` or `false`. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .transform((value) => value === true || value === 'true')

/** An array that travels in a query string as one or many values of the same name. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.union([z.array(item), item.transform((one) => [one])]).default([])
}

/** A page request: at most 200 rows, after an opaque cursor given with the page before. */
export const pageRequest = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
}

/** One page of rows; `next` is null on the last page. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable() })
}
