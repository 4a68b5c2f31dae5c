/** Commands and queries of the exchange room. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import { command, download, pageOf, pageRequest, query } from '../base/contract.ts'
import { blobDigestSchema } from '../base/ids.ts'
import { civilDateSchema } from '../base/instant.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, urgencies } from '../documents/index.ts'
import { dispatchIdSchema, handlings, receiptIdSchema, receiptStates, receiverRoles, registerNumberSchema } from './model.ts'
import { candidateSchema, dispatchViewSchema, receiptRowSchema, receiptViewSchema, sentRowSchema, verificationSchema } from './views.ts'

const onReceipt = { receiptId: receiptIdSchema }
const state = z.object({ state: z.enum(receiptStates) })
const readers = z.array(postIdSchema).max(100)
const purpose = z.string().trim().max(200).default('')

/** Tabs of the list of received documents. */
export const receivedTabs = ['to-sign', 'to-register', 'in-handling', 'finished', 'to-read', 'all'] as const

/** The exchange room's contracts. */
export const exchangeContract = {
  candidates: query({
    name: 'exchange.candidates',
    summary: 'Organs a sealed document may be sent to; those named in 主送 and 抄送 are marked.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ candidates: z.array(candidateSchema), urgency: z.enum(urgencies), signWithinDays: z.number().int(), send: z.string().nullable() }),
  }),
  send: command({
    name: 'exchange.send',
    summary: 'Sends a sealed document to organs of this installation (分发); it is issued (已印发) with the first sending.',
    access: forStaff,
    input: z.strictObject({
      documentId: documentIdSchema,
      receivers: z
        .array(z.strictObject({ organId: unitIdSchema, role: z.enum(receiverRoles).default('main'), copies: z.number().int().min(1).max(999).default(1) }))
        .min(1)
        .max(200),
      urgency: z.enum(urgencies).optional(),
      /** Working days to sign for it; by urgency when absent. */
      signWithinDays: z.number().int().min(0).max(30).optional(),
      note: z.string().trim().max(200).default(''),
    }),
    output: z.object({ dispatchId: dispatchIdSchema, receipts: z.array(z.object({ receiptId: receiptIdSchema, organId: unitIdSchema })) }),
  }),
  signFor: command({
    name: 'exchange.sign-for',
    summary: 'Signs for a document (签收) with the caller’s SM2 key over the digest of exactly the bytes that were sent.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, digest: blobDigestSchema }),
    output: state,
  }),
  return: command({
    name: 'exchange.return',
    summary: 'Returns a document that was not signed for yet to its sender (退回), with a reason.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, reason: z.string().trim().max(500) }),
    output: state,
  }),
  withdraw: command({
    name: 'exchange.withdraw',
    summary: 'Takes back what an organ has not signed for yet (撤回).',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, reason: z.string().trim().max(500).default('') }),
    output: state,
  }),
  urge: command({
    name: 'exchange.urge',
    summary: 'Urges an organ to sign for or register a document (催办), at most once an hour.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, note: z.string().trim().max(200).default('') }),
    output: z.object({ urgeCount: z.number().int() }),
  }),
  acknowledgeReturn: command({
    name: 'exchange.acknowledge-return',
    summary: 'Takes note of a returned document; the sender’s entry is done.',
    access: forStaff,
    input: z.strictObject(onReceipt),
    output: z.object({}),
  }),
  register: command({
    name: 'exchange.register',
    summary: 'Registers a received document (登记): allocates its number 收〔年〕n号, makes the organ’s own copy and starts handling or reading.',
    access: forStaff,
    input: z.strictObject({
      ...onReceipt,
      handling: z.enum(handlings),
      /** Time limit; by urgency when absent. */
      dueOn: civilDateSchema.optional(),
      /** First readers of a 阅件. */
      readers: readers.default([]),
      purpose,
    }),
    output: z.object({ registerNumber: registerNumberSchema, documentId: documentIdSchema, state: z.enum(receiptStates) }),
  }),
  resume: command({
    name: 'exchange.resume',
    summary: 'Handles a 办件 again whose case was stopped (重新办理): a new case begins, the former one stays in the record.',
    access: forStaff,
    input: z.strictObject({
      ...onReceipt,
      /** New time limit; the old one when that is still to come, else by urgency. */
      dueOn: civilDateSchema.optional(),
      note: z.string().trim().max(200).default(''),
    }),
    output: state,
  }),
  circulate: command({
    name: 'exchange.circulate',
    summary: 'Gives a 阅件 to further readers (传阅) with the purpose in one line.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, readers: readers.min(1), purpose }),
    output: z.object({ readers: z.number().int() }),
  }),
  read: command({
    name: 'exchange.read',
    summary: 'Confirms reading a 阅件 (已阅), with an opinion if there is one; the last reader finishes it.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, opinion: z.string().trim().max(1000).default('') }),
    output: state,
  }),
  urgeReaders: command({
    name: 'exchange.urge-readers',
    summary: 'Urges readers of a 阅件 who have not read yet (催阅), at most once an hour each.',
    access: forStaff,
    input: z.strictObject(onReceipt),
    output: z.object({ urged: z.array(postIdSchema) }),
  }),
  close: command({
    name: 'exchange.close',
    summary: 'Closes a 阅件 (办结); who has not read it by then stays visible.',
    access: forStaff,
    input: z.strictObject(onReceipt),
    output: state,
  }),
  tracking: query({
    name: 'exchange.tracking',
    summary: 'Where a sent document is: state per organ with person and time, for the sender.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ dispatches: z.array(dispatchViewSchema) }),
  }),
  sentList: query({
    name: 'exchange.sent-list',
    summary: 'What the caller’s organ has sent, newest first, with counts per state.',
    access: forStaff,
    input: z.strictObject({ text: z.string().max(100).optional(), ...pageRequest }),
    output: pageOf(sentRowSchema),
  }),
  receivedList: query({
    name: 'exchange.received-list',
    summary: 'The register of received documents (收文登记簿) of the caller’s organs; readers see what they were given.',
    access: forStaff,
    input: z.strictObject({
      tab: z.enum(receivedTabs).default('all'),
      text: z.string().max(100).optional(),
      fromOrgan: z.string().max(60).optional(),
      year: z.coerce.number().int().min(1949).max(2999).optional(),
      ...pageRequest,
    }),
    output: pageOf(receiptRowSchema).extend({ counts: z.record(z.enum(receivedTabs), z.number().int()) }),
  }),
  receipt: query({
    name: 'exchange.receipt',
    summary: 'A receipt for its page: state, history, readers and what the caller may do.',
    access: forStaff,
    input: z.strictObject(onReceipt),
    output: z.object({ receipt: receiptViewSchema.nullable() }),
  }),
  receiptOfCopy: query({
    name: 'exchange.receipt-of-copy',
    summary: 'The receipt behind an organ’s copy of a received document, if the caller may see it.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ receiptId: receiptIdSchema.nullable() }),
  }),
  verify: query({
    name: 'exchange.verify',
    summary: 'Verifies the seals of the received PDF and the signatures of sender and receiver.',
    access: forStaff,
    input: z.strictObject(onReceipt),
    output: verificationSchema,
  }),
  page: download({
    name: 'exchange.page',
    summary: 'One page of a received document as an image, without its seals; the sealed original is the PDF.',
    access: forStaff,
    input: z.strictObject({ ...onReceipt, page: z.coerce.number().int().min(1).max(500) }),
  }),
  pdf: download({
    name: 'exchange.pdf',
    summary: 'The sealed PDF as it was sent, for the receiving organ and its readers.',
    access: forStaff,
    input: z.strictObject(onReceipt),
  }),
} as const

/** Kinds of fact this room records. The subject of `registered`, `in-handling`, `handling-stopped`, `resumed` and `finished` is the organ's own copy (a document),
 * of `sent` the document that was sent, of the others the receipt. */
export const exchangeFacts = [
  'exchange.sent', 'exchange.signed-for', 'exchange.returned', 'exchange.withdrawn', 'exchange.urged', 'exchange.overdue', 'exchange.registered',
  'exchange.in-handling', 'exchange.handling-stopped', 'exchange.resumed', 'exchange.circulated', 'exchange.read', 'exchange.readers-urged', 'exchange.finished', 'exchange.return-acknowledged',
  'exchange.handed-over',
] as const
