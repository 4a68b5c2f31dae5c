/** 收文: a registered document is proposed (拟办), instructed (批示), handled (承办) and closed (办结). */
import type { PersonId, PostId } from '@xiewen/shared/directory'
import { workflowZh } from '@xiewen/shared/workflow'
import { z } from 'zod'
import { getPost, listPostsWithDuty } from '../directory/index.ts'
import { findDocument, presentDocument } from '../documents/index.ts'
import type { CommandContext } from '../platform/context.ts'
import { Fault } from '../platform/log/fault.ts'
import type { Reaction } from '../platform/slice.ts'
import { startCase, storeIncoming } from '../workflow/index.ts'

const registered = z.object({
  documentId: z.string(),
  organId: z.string(),
  fromName: z.string().optional(),
  /** A 阅件 is passed round to be read and has no case. */
  handling: z.enum(['handle', 'read']).default('handle'),
  urgency: z.enum(['none', 'urgent', 'extra-urgent']).optional(),
  registerNumber: z.object({ year: z.number(), serial: z.number() }).optional(),
  number: z.string().default(''),
  copies: z.number().default(1),
})

/** Who registered it: the post acted through, else a receiver (收文员) of the organ. */
async function findReceiver(ctx: CommandContext, postId: string | null | undefined, organId: string) {
  const acted = postId ? await getPost(ctx.db, postId) : null
  if (acted?.organId === organId) return acted
  return (await listPostsWithDuty(ctx.db, 'receiver', organId)).find((post) => post.organId === organId) ?? null
}

/** Registering starts the incoming case, 重新办理 another one; a document that already has a running one is left alone. */
export const receiveDocument: readonly Reaction[] = [
  {
    name: 'receive-document.on-registered',
    on: ['exchange.registered', 'exchange.resumed'],
    run: async (ctx, fact) => {
      const { documentId, organId, fromName, handling, urgency, registerNumber, number, copies } = registered.parse(fact.data)
      const written = registerNumber ? `收〔${registerNumber.year}〕${registerNumber.serial}号` : ''
      await storeIncoming(ctx.db, documentId, { registerNumber: written, fromName: fromName ?? '', number, copies, receivedAt: fact.at })
      if (handling === 'read') return
      const row = await findDocument(ctx.db, documentId)
      const receiver = await findReceiver(ctx, fact.actor?.postId, organId)
      if (!row || !receiver) throw new Fault(`no document or receiver for ${documentId}`)
      const document = presentDocument(row)
      const detail = workflowZh['workflow.detail.from'].replace('{organ}', fromName ?? document.organName)
      const starter = { personId: receiver.personId satisfies PersonId, postId: receiver.id satisfies PostId, personName: receiver.personName }
      const begun = await startCase(ctx, { template: 'incoming', documentId, title: document.title, detail, urgency: urgency ?? document.urgency, starter })
      if (!begun.ok && begun.refusal.code !== 'workflow.already-running') throw new Fault(`incoming case refused: ${begun.refusal.code}`)
    },
  },
]
