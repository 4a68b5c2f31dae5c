/** The inbox (待办、待阅): what waits for whom. Every room puts entries in; one list shows them all. */
import { z } from 'zod'
import { forStaff } from './access.ts'
import { command, flag, pageOf, pageRequest, query } from './contract.ts'
import { idSchema } from './ids.ts'
import type { Brand } from './brand.ts'

/** One entry in somebody's inbox. */
export type InboxEntryId = Brand<string, 'InboxEntryId'>

/** `todo` 待办: must be acted on. `to-read` 待阅: must be read. */
export const inboxKinds = ['todo', 'to-read'] as const

/** One row of the inbox. `title` and the names are data; `step` is a key of the room's strings. */
export const inboxEntrySchema = z.object({
  id: idSchema<'InboxEntryId'>(),
  kind: z.enum(inboxKinds),
  /** Room that put it in and whose page opens it. */
  room: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  /** Id of the room's own task, e.g. a workflow task. */
  taskId: z.string(),
  title: z.string(),
  /** 发文字号 or 来文单位, whatever helps to recognise it. */
  detail: z.string(),
  /** String key naming the current step, e.g. `workflow.step.countersign`. */
  step: z.string(),
  /** The post it waits for: people with several posts see which one is asked. */
  postTitle: z.string(),
  fromName: z.string(),
  urgency: z.enum(['none', 'urgent', 'extra-urgent']),
  dueAt: z.number().nullable(),
  createdAt: z.number(),
  doneAt: z.number().nullable(),
  readAt: z.number().nullable(),
})

/** One row of the inbox. */
export type InboxEntry = z.output<typeof inboxEntrySchema>

/** Why one item of several was refused, or null for done: a code with its words in the room's strings. */
export const itemRefusalSchema = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

/** Contracts of the inbox. */
export const inboxContract = {
  list: query({
    name: 'inbox.list',
    summary: 'Entries of the caller’s inbox: open ones by deadline, done ones newest first.',
    access: forStaff,
    input: z.strictObject({
      kind: z.enum(inboxKinds).optional(),
      done: flag.default(false),
      room: z.string().max(30).optional(),
      text: z.string().max(100).optional(),
      ...pageRequest,
    }),
    output: pageOf(inboxEntrySchema),
  }),
  counts: query({
    name: 'inbox.counts',
    summary: 'How many entries wait, per kind and room.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ todo: z.number(), toRead: z.number(), overdue: z.number(), byRoom: z.record(z.string(), z.number()) }),
  }),
  markRead: command({
    name: 'inbox.mark-read',
    summary: 'Records that the caller has opened an entry (已读).',
    access: forStaff,
    input: z.strictObject({ id: idSchema<'InboxEntryId'>() }),
    output: z.object({}),
  }),
  readTogether: command({
    name: 'inbox.read-together',
    summary: 'Confirms several entries to read (待阅) as read (已阅) in one act, each on its own record; what is refused is named, the rest is done.',
    access: forStaff,
    input: z.strictObject({ ids: z.array(idSchema<'InboxEntryId'>()).min(1).max(100) }),
    output: z.object({ results: z.array(z.object({ id: idSchema<'InboxEntryId'>(), refusal: itemRefusalSchema.nullable() })) }),
  }),
} as const
