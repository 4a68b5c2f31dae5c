/** 全宗号 and number template of an organ. */
import { archiveContract as contract, decideFonds, decideTemplate, usualTemplate } from '@xiewen/shared/archive'
import { accept, refuse } from '@xiewen/shared/base'
import { type Operation, onCommand, onQuery } from '../../platform/slice.ts'
import { archivedOrgans, archivistOf, archivistPosts } from '../archivist.ts'
import { countPieces, findFonds, findOwnerOfFonds, putFonds } from '../repository.ts'

const settings = onQuery(contract.settings, async (ctx) => {
  const allowed = archivedOrgans(ctx)
  if (!allowed.ok) return allowed
  const posts = archivistPosts(ctx).filter((post, index, all) => all.findIndex((each) => each.organId === post.organId) === index)
  const organs = await Promise.all(
    posts.map(async ({ organId, organName }) => {
      const row = await findFonds(ctx.db, organId)
      return { organId, organName, fonds: row?.fonds ?? null, template: row?.template ?? usualTemplate, pieces: await countPieces(ctx.db, organId) }
    }),
  )
  return accept({ organs })
})

const setFonds = onCommand(contract.setFonds, async (ctx, input) => {
  const post = archivistOf(ctx, input.organId)
  if (!post) return refuse('archive.not-archivist')
  const current = await findFonds(ctx.db, input.organId)
  const template = decideTemplate(input.template ?? current?.template ?? usualTemplate)
  if (!template.ok) return template
  const owner = await findOwnerOfFonds(ctx.db, input.fonds)
  const scene = { current: current?.fonds ?? null, pieces: await countPieces(ctx.db, input.organId), isTaken: owner !== null && owner !== input.organId }
  const fonds = decideFonds(scene, input.fonds)
  if (!fonds.ok) return fonds
  await putFonds(ctx.db, { organ_id: input.organId, fonds: fonds.value, template: template.value, changed_at: ctx.now })
  await ctx.record({ kind: 'archive.fonds-set', subject: { kind: 'unit', id: input.organId }, data: { fonds: fonds.value, template: template.value } }, post)
  ctx.touch('archive')
  return accept({})
})

/** Operations of the settings. */
export const settingsOperations: readonly Operation[] = [settings, setFonds]
