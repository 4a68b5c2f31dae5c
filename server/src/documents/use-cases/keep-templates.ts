/** Templates (模板) of an organ: kept, changed, retired by its secretariat, seen by everybody who drafts in it. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import {
  beginDocument, decideTemplate, documentsContract, hasPendingChanges, layoutDocument, mostPreviewPages, type TemplateContent, templateKeepers,
  templateOfDocument,
} from '@xiewen/shared/documents'
import { getUnit } from '../../directory/index.ts'
import type { Actor, ActorPost, CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, onQuery, onUpload } from '../../platform/slice.ts'
import type { Fonts } from '../../platform/fonts/index.ts'
import { parseDocument } from '../preview.ts'
import { readPrintText } from '../print-text.ts'
import { renderSvg, warmOutlines } from '../render/index.ts'
import { draftingPost, findScene } from '../scene.ts'
import { reportSigns, viewOfSigns } from '../signs-in-use.ts'
import { findTemplate, isTemplateNameTaken, listTemplates, listTemplateVersions, setTemplateState, type StoredTemplate, storeTemplate } from '../template-store.ts'

/** The post through which the actor keeps the templates of its organ, own or acted for. */
function keeperPost(actor: Actor): ActorPost | null {
  return [...actor.posts, ...actor.actingFor].find((post) => templateKeepers.some((duty) => post.duties.includes(duty))) ?? null
}

/** The post whose organ's templates the actor sees. */
function viewerPost(actor: Actor): ActorPost | null {
  return keeperPost(actor) ?? draftingPost(actor, undefined)
}

const list = onQuery(documentsContract.templates, async (ctx, input) => {
  const post = viewerPost(ctx.actor)
  if (!post) return refuse('documents.no-post')
  const stored = await listTemplates(ctx.db, post.organId, input.retired ? ['in-use', 'retired'] : ['in-use'])
  const rows = stored.map(({ row }) => row).filter((row) => input.kind === undefined || row.kind === input.kind)
  return accept({ rows, ...(await organOfKeeper(ctx, post)), canKeep: keeperPost(ctx.actor) !== null })
})

const read = onQuery(documentsContract.template, async (ctx, input) => {
  const post = viewerPost(ctx.actor)
  const found = post && (await findTemplate(ctx.db, post.organId, input.templateId, input.version))
  if (!post || !found) return refuse('documents.unknown-template')
  const versions = [...(await listTemplateVersions(ctx.db, input.templateId))]
  // Parsed once more, because what leaves the server has exactly the declared shape.
  const content = documentsContract.template.output.shape.content.parse(found.content)
  return accept({ row: found.row, content, versions, ...(await organOfKeeper(ctx, post)), canKeep: keeperPost(ctx.actor) !== null })
})

async function organOfKeeper(ctx: QueryContext, post: ActorPost): Promise<{ readonly organName: string; codes: string[] }> {
  const organ = await getUnit(ctx.db, post.organId)
  return { organName: post.organName, codes: [...(organ?.codes ?? [])] }
}

const from = onQuery(documentsContract.templateFrom, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row } = found.value
  const { document } = await readPrintText(ctx.db, row, ctx.now)
  if (hasPendingChanges(document)) return refuse('documents.template-revised')
  const content = { name: row.title.slice(0, 40) || row.kind, purpose: '', code: row.number_code ?? '', document: templateOfDocument(document, row.organ_name) }
  return accept({ content: documentsContract.templateFrom.output.shape.content.parse(content) })
})

const create = onCommand(documentsContract.createTemplate, async (ctx, input) => {
  const post = keeperPost(ctx.actor)
  if (!post) return refuse('documents.no-post')
  const decided = await decideKeeping(ctx, post, input.content, null)
  if (!decided.ok) return decided
  return keep(ctx, { post, id: ctx.newId<'TemplateId'>(), version: 1, content: decided.value, reason: input.reason })
})

const change = onCommand(documentsContract.changeTemplate, async (ctx, input) => {
  const post = keeperPost(ctx.actor)
  const found = post && (await findTemplate(ctx.db, post.organId, input.templateId))
  if (!post || !found) return refuse('documents.unknown-template')
  if (found.record.version !== input.version) return refuse('documents.template-changed', { name: found.row.changedByName })
  if (JSON.stringify(found.content) === JSON.stringify(input.content)) return refuse('documents.template-unchanged')
  const decided = await decideKeeping(ctx, post, input.content, found)
  if (!decided.ok) return decided
  return keep(ctx, { post, id: found.row.id, version: input.version + 1, content: decided.value, reason: input.reason })
})

/** What the kernel decides, then what only a layout with the office's own faces can tell. */
async function decideKeeping(ctx: CommandContext, post: ActorPost, content: TemplateContent, before: StoredTemplate | null): Promise<Result<TemplateContent>> {
  const organ = await getUnit(ctx.db, post.organId)
  const decided = decideTemplate(content, organ?.codes ?? [])
  if (!decided.ok) return decided
  if (await isTemplateNameTaken(ctx.db, post.organId, content.name, before?.record.id ?? null)) return refuse('documents.template-name-taken', { name: content.name })
  return decidePages(content, post.organName, ctx.services.fonts)
}

function decidePages(content: TemplateContent, organName: string, fonts: Fonts): Result<TemplateContent> {
  const { missing, findings } = layoutDocument(beginDocument(content.document, { organName, issuers: [], title: '' }), fonts.metrics)
  if (missing.length > 0) return refuse('documents.missing-glyphs', { text: missing.map(({ text }) => text).join('') })
  const codes = findings.map((finding) => finding.code)
  if (codes.includes('layout.mark-too-long')) return refuse('documents.template-mark-long')
  return codes.includes('layout.no-body-on-first-page') ? refuse('documents.template-no-room') : accept(content)
}

interface Keeping {
  readonly post: ActorPost
  readonly id: StoredTemplate['row']['id']
  readonly version: number
  readonly content: TemplateContent
  readonly reason: string
}

async function keep(ctx: CommandContext, { post, id, version, content, reason }: Keeping) {
  const { kind } = content.document.elements
  await storeTemplate(
    ctx.db,
    { id, organ_id: post.organId, name: content.name, kind, state: 'in-use', version },
    { content: JSON.stringify(content), reason, at: ctx.now, person_id: ctx.actor.personId, person_name: ctx.actor.name },
  )
  await ctx.record({ kind: 'documents.template-kept', subject: { kind: 'template', id }, data: { name: content.name, kind, version, reason } }, post)
  ctx.touch('templates')
  return accept({ templateId: id, version })
}

const retire = onCommand(documentsContract.retireTemplate, async (ctx, input) => {
  const post = keeperPost(ctx.actor)
  const found = post && (await findTemplate(ctx.db, post.organId, input.templateId))
  if (!post || !found) return refuse('documents.unknown-template')
  await setTemplateState(ctx.db, input.templateId, 'retired')
  await ctx.record({ kind: 'documents.template-retired', subject: { kind: 'template', id: input.templateId }, data: { name: found.row.name } }, post)
  ctx.touch('templates')
  return accept({})
})

const restore = onCommand(documentsContract.restoreTemplate, async (ctx, input) => {
  const post = keeperPost(ctx.actor)
  const found = post && (await findTemplate(ctx.db, post.organId, input.templateId))
  if (!post || !found) return refuse('documents.unknown-template')
  if (await isTemplateNameTaken(ctx.db, post.organId, found.row.name, input.templateId)) return refuse('documents.template-name-taken', { name: found.row.name })
  await setTemplateState(ctx.db, input.templateId, 'in-use')
  await ctx.record({ kind: 'documents.template-restored', subject: { kind: 'template', id: input.templateId }, data: { name: found.row.name } }, post)
  ctx.touch('templates')
  return accept({})
})

const preview = onUpload(documentsContract.previewPages, {
  prepare: async (ctx, { body }) => {
    const parsed = parseDocument(body)
    if (!parsed.ok) return parsed
    const { fonts } = ctx.services
    const layout = layoutDocument(parsed.value, fonts.metrics)
    const drawn = { ...layout, pages: layout.pages.slice(0, mostPreviewPages) }
    warmOutlines(drawn, fonts)
    return accept({
      pages: drawn.pages.map((_page, index) => renderSvg(drawn, index, fonts)),
      count: layout.pages.length,
      findings: layout.findings.map(({ code, page, params }) => ({ code, page, params: { ...params } })),
      ...viewOfSigns(reportSigns(layout, fonts)),
    })
  },
  commit: async (_ctx, _given, drawn) => accept(drawn),
})

/** Operations of this file. */
export const templateOperations = [list, read, from, create, change, retire, restore, preview]
