/** What people decide about the checker: findings put aside in a document, the settings of an office. */
import { accept, refuse } from '@xiewen/shared/base'
import { anchorOf, documentsContract, findBindingRule, findRule, lintDocument, mayIgnore } from '@xiewen/shared/documents'
import type { Actor, ActorPost } from '../../platform/context.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { dropIgnored, listIgnored, readCheckerSetting, storeCheckerSetting, storeIgnored } from '../checker-store.ts'
import { readLiveText } from '../live-text.ts'
import { findForAct, findScene } from '../scene.ts'
import { lintContext } from './check-text.ts'

const checking = onQuery(documentsContract.checking, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const context = await lintContext(ctx.db, found.value.row)
  const { house } = await readCheckerSetting(ctx.db, found.value.row.organ_id)
  return accept({ house, principals: [...(context.principals ?? [])], ignored: [...(await listIgnored(ctx.db, input.documentId))] })
})

const ignore = onCommand(documentsContract.ignoreFinding, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'suggest')
  if (!found.ok) return found
  const live = await readLiveText(ctx.db, input.documentId)
  const findings = live ? lintDocument(live.document, await lintContext(ctx.db, found.value.row)) : []
  const finding = findings.find((each) => each.rule === input.rule && live && anchorOf(live.document, each) === input.anchor)
  if (!finding) return refuse('documents.no-such-finding')
  if (!mayIgnore(finding)) return refuse('documents.error-not-ignored', { clause: finding.clause })
  const { personId, name } = ctx.actor
  await storeIgnored(ctx.db, { document_id: input.documentId, rule: input.rule, anchor: input.anchor, reason: input.reason, at: ctx.now, person_id: personId, person_name: name })
  await ctx.record({ kind: 'documents.finding-ignored', subject: { kind: 'document', id: input.documentId }, data: { rule: input.rule, anchor: input.anchor, reason: input.reason } })
  return accept({})
})

const heed = onCommand(documentsContract.heedFinding, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'suggest')
  if (!found.ok) return found
  if (!(await dropIgnored(ctx.db, input.documentId, input.rule, input.anchor))) return refuse('documents.no-such-finding')
  await ctx.record({ kind: 'documents.finding-heeded', subject: { kind: 'document', id: input.documentId }, data: { rule: input.rule, anchor: input.anchor } })
  return accept({})
})

const rules = onQuery(documentsContract.checkerRules, async (ctx) => {
  const setter = setterPost(ctx.actor)
  const post = setter ?? ctx.actor.posts[0]
  if (!post) return refuse('documents.no-post')
  return accept({ ...(await readCheckerSetting(ctx.db, post.organId)), canSet: setter !== null })
})

const setRules = onCommand(documentsContract.setCheckerRules, async (ctx, input) => {
  const post = setterPost(ctx.actor)
  if (!post) return refuse('documents.no-post')
  const binding = findBindingRule(input.house, findRule)
  if (binding) return binding.clause === null ? refuse('documents.unknown-rule', { rule: binding.id }) : refuse('documents.rule-binding', { rule: binding.id, clause: binding.clause })
  const before = await readCheckerSetting(ctx.db, post.organId)
  if (before.version !== input.version) return refuse('documents.checker-changed', { name: before.changedByName })
  const version = before.version + 1
  await storeCheckerSetting(ctx.db, { organ_id: post.organId, rules: JSON.stringify(input.house), version, at: ctx.now, person_name: ctx.actor.name })
  // The whole of both stands in the ledger: who switched what off, and from what.
  await ctx.record({ kind: 'documents.checker-set', subject: { kind: 'unit', id: post.organId }, data: { version, before: JSON.stringify(before.house), after: JSON.stringify(input.house) } })
  return accept({ version })
})

/** The post through which the actor sets the rules of an organ: its 办公室主任. */
function setterPost(actor: Actor): ActorPost | null {
  return actor.posts.find((post) => post.duties.includes('office-director')) ?? null
}

/** Operations of this file. */
export const checkerOperations = [checking, ignore, heed, rules, setRules]
