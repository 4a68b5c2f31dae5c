/** The bridge's contract: the schema of every request, answer and event. Main checks requests with it, pages take their
 * types from it, so neither can drift. */
import { z } from 'zod'
import type { Result } from '@xiewen/shared/base'
import { idPattern } from '@xiewen/shared/base'
import type { BridgeChannel, BridgeEvent, BridgePage } from './channels.ts'

/** One request: which page may make it, what it takes, what it answers. */
export interface BridgeContract<I extends z.ZodType, O extends z.ZodType> {
  readonly page: BridgePage
  readonly input: I
  readonly output: O
}

const nothing = z.strictObject({})
const id = z.string().regex(idPattern)

/** Words on a notification: `full` with the title of the entry, `brief` with the number only, `off` none. */
export const notifyStyles = ['full', 'brief', 'off'] as const

/** What a person may choose about the desktop client itself. */
export const preferencesSchema = z.strictObject({
  /** Closing the window keeps the client in the tray, so that reminders go on. */
  closeToTray: z.boolean(),
  notify: z.enum(notifyStyles),
})
/** What a person may choose about the desktop client itself. */
export type Preferences = z.output<typeof preferencesSchema>

/** Whether the office's server answers. `since` and `cachedAt` are UTC milliseconds; `cachedAt` is the age of what is shown. */
export const linkStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('online') }),
  z.object({ kind: z.literal('offline'), since: z.number(), cachedAt: z.number().nullable() }),
])
/** Whether the office's server answers. */
export type LinkState = z.output<typeof linkStateSchema>

/** Places a notification or a deep link may lead to: a kind of subject and its id, never an address or markup. */
export const destinationKinds = ['document', 'task', 'assignment', 'meeting'] as const
/** Where the page should go. It is told to show, never to act. */
export const destinationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inbox') }),
  z.object({ kind: z.literal('inbox-entry'), id, room: z.string(), subjectKind: z.string(), subjectId: z.string() }),
  ...destinationKinds.map((kind) => z.object({ kind: z.literal(kind), id })),
])
/** Where the page should go. */
export type Destination =
  | { readonly kind: 'inbox' }
  | {
      readonly kind: 'inbox-entry'
      readonly id: string
      readonly room: string
      readonly subjectKind: string
      readonly subjectId: string
    }
  | { readonly kind: (typeof destinationKinds)[number]; readonly id: string }

/** A local copy's name: kind, person, document. Updates travel as base64. */
const copyName = z.string().regex(/^[a-z]{1,12}\/[0-9a-z]{26}\/[0-9a-z]{0,26}$/)
const copyRecord = { updates: z.array(z.base64()), unsaved: z.number().int().nonnegative() }

const address = z.strictObject({ address: z.string().max(300) })
const foundServer = z.object({ origin: z.string(), version: z.string().nullable() })

/** Every request, by name. */
export const bridgeContract = {
  'shell.describe': {
    page: 'office',
    input: nothing,
    output: z.object({
      host: z.enum(['desktop', 'browser']),
      version: z.string(),
      serverOrigin: z.string(),
      /** `encrypted`: sign-in and the offline copy outlive the client. `memory-only`: this computer has no keyring. */
      storage: z.enum(['encrypted', 'memory-only']),
      preferences: preferencesSchema,
    }),
  },
  'shell.set-preferences': { page: 'office', input: preferencesSchema.partial(), output: preferencesSchema },
  'shell.show-counts': {
    page: 'office',
    input: z.strictObject({ todo: z.number().int().nonnegative(), toRead: z.number().int().nonnegative() }),
    output: nothing,
  },
  'shell.open-external': { page: 'office', input: z.strictObject({ url: z.string().max(2000) }), output: nothing },
  'shell.change-server': { page: 'office', input: nothing, output: nothing },
  'link.describe': { page: 'office', input: nothing, output: linkStateSchema },
  'copies.read': { page: 'office', input: z.strictObject({ name: copyName }), output: z.object(copyRecord) },
  'copies.append': { page: 'office', input: z.strictObject({ name: copyName, ...copyRecord }), output: nothing },
  'copies.replace': { page: 'office', input: z.strictObject({ name: copyName, ...copyRecord }), output: nothing },
  'copies.erase': { page: 'office', input: z.strictObject({ name: copyName }), output: nothing },
  'copies.list': {
    page: 'office',
    input: z.strictObject({ prefix: copyName }),
    output: z.object({ copies: z.array(z.object({ name: z.string(), unsaved: z.number() })) }),
  },
  'setup.describe': {
    page: 'setup',
    input: nothing,
    output: z.object({ serverOrigin: z.string().nullable(), locale: z.enum(['zh-CN', 'en']) }),
  },
  'setup.test': { page: 'setup', input: address, output: foundServer },
  'setup.save': { page: 'setup', input: address, output: foundServer },
} as const satisfies Readonly<Record<BridgeChannel, BridgeContract<z.ZodType, z.ZodType>>>

/** Every event, by name. */
export const bridgeEventContract = {
  navigate: destinationSchema,
  link: linkStateSchema,
  locked: nothing,
} as const satisfies Readonly<Record<BridgeEvent, z.ZodType>>

/** What a page hands to a request. */
export type BridgeInput<C extends BridgeChannel> = z.input<(typeof bridgeContract)[C]['input']>
/** What main's handler receives after parsing. */
export type BridgeParsedInput<C extends BridgeChannel> = z.output<(typeof bridgeContract)[C]['input']>
/** What a page gets when the request is accepted. */
export type BridgeOutput<C extends BridgeChannel> = z.output<(typeof bridgeContract)[C]['output']>
/** The answer to a request: its output or a refusal; never silence. */
export type BridgeAnswer<C extends BridgeChannel> = Result<BridgeOutput<C>>
/** What comes with each event. */
export interface BridgeEventDetail {
  readonly navigate: Destination
  readonly link: LinkState
  readonly locked: Readonly<Record<never, never>>
}
