/** Typefaces (字体) of the office: what plays each role, chosen among what is installed and what lies in the office's folder. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { beginDocument, documentsContract, type FaceChoice, fontRoles, getBuiltIn, layoutDocument, type OfficialDocument } from '@xiewen/shared/documents'
import { basename, join } from 'node:path'
import type { QueryContext } from '../../platform/context.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import type { Fonts } from '../../platform/fonts/index.ts'
import { renderSvg, warmOutlines } from '../render/index.ts'
import { reportSigns } from '../signs-in-use.ts'
import { choicesOf, findChoice, parseChoice, storeChoice } from '../typeface-store.ts'

const unchosen: FaceChoice = { fangsong: '', xiaobiaosong: '', heiti: '', kaiti: '', songti: '' }

const typefaces = onQuery(documentsContract.typefaces, async (ctx) => {
  const row = await findChoice(ctx.db)
  const choice = row === null ? unchosen : parseChoice(row.choices)
  // From disk, so that what was dropped into the folder a moment ago is there to be chosen.
  const found = await ctx.services.fonts.load(choicesOf(choice))
  const { roles, refused } = found.report()
  return accept({
    choice,
    version: row?.version ?? 0,
    changed: row === null || row.version === 0 ? null : { at: Number(row.at), name: row.person_name, reason: row.reason },
    folder: join(ctx.services.config.dataDir, 'fonts'),
    isBehind: found.metrics.fingerprint !== ctx.services.fonts.metrics.fingerprint,
    roles: fontRoles.map((role) => ({ role, options: found.options(role).map((option) => ({ ...option, file: option.key.replace(/#\d+$/, '') })), lenders: [...(roles.find((each) => each.role === role)?.lenders ?? [])] })),
    refused: refused.map(({ file, reason }) => ({ file: basename(file), reason })),
  })
})

const preview = onQuery(documentsContract.previewTypefaces, async (ctx, input) => {
  const fonts = await ctx.services.fonts.load(choicesOf(input))
  const unknown = unknownKey(fonts, input)
  if (unknown) return unknown
  const layout = layoutDocument(specimen(), fonts.metrics)
  warmOutlines(layout, fonts)
  return accept({ pages: layout.pages.slice(0, 2).map((_page, index) => renderSvg(layout, index, fonts)), missing: reportSigns(layout, fonts).missing.map(({ text }) => text).join('') })
})

/** A page with every element that has a face of its own. */
function specimen(): OfficialDocument {
  const begun = beginDocument(getBuiltIn('notice').document, { organName: '云州市人民政府办公室', issuers: [], title: '云州市人民政府办公室关于做好2026年防汛工作的通知' })
  const text = (words: string) => [{ text: words }]
  return {
    ...begun,
    elements: { ...begun.elements, number: { code: '云政办发', year: 2026, serial: 7 }, copyTo: ['市委办公室，市人大常委会办公室'], printedBy: '云州市人民政府办公室', disclosure: 'open' },
    blocks: [
      { kind: 'title', runs: text('云州市人民政府办公室关于做好2026年防汛工作的通知') },
      { kind: 'recipients', runs: text('各县（市、区）人民政府，市政府各部门：') },
      { kind: 'paragraph', runs: text('为做好2026年防汛工作，确保人民群众生命财产安全，现将有关事项通知如下：') },
      { kind: 'heading', level: 1, runs: text('总体要求') },
      { kind: 'heading', level: 2, runs: text('坚持预防为主。各级各部门要立足防大汛、抢大险、救大灾。') },
      { kind: 'heading', level: 3, runs: text('落实责任。主要负责人为第一责任人。') },
      { kind: 'heading', level: 4, runs: text('联系人：王𬭎、李㑇，电话：12345678。') },
      { kind: 'signature', runs: text('云州市人民政府办公室') },
      { kind: 'date', runs: text('2026年6月1日') },
    ],
  }
}

/** A refusal for a choice that is no file of the office nor an installed face. */
function unknownKey(fonts: Fonts, choice: FaceChoice): Result<never> | null {
  for (const role of fontRoles) if (choice[role] !== '' && !fonts.options(role).some(({ key }) => key === choice[role])) return refuse('documents.unknown-typeface', { file: choice[role].replace(/#\d+$/, '') })
  return null
}

const choose = onCommand(documentsContract.chooseTypefaces, {
  prepare: async (ctx: QueryContext, input) => {
    const fonts = await ctx.services.fonts.load(choicesOf(input.choice))
    const unknown = unknownKey(fonts, input.choice)
    if (unknown) return unknown
    const poor = fonts.report().roles.find(({ missing }) => missing !== '')
    return poor ? refuse('documents.poor-typeface', { family: poor.family, text: poor.missing }) : accept(fonts)
  },
  commit: async (ctx, input, fonts) => {
    const before = await findChoice(ctx.db)
    const version = before?.version ?? 0
    if (version !== input.version) return refuse('documents.typefaces-changed', { name: before?.person_name ?? '' })
    const now = ctx.services.fonts.metrics.fingerprint
    // What was in force until now, so that documents typeset with it are found again.
    if (before === null) await storeChoice(ctx.db, { version: 0, choices: JSON.stringify(unchosen), fingerprint: now, reason: '', at: ctx.now, person_name: '' })
    const { fingerprint } = fonts.metrics
    await storeChoice(ctx.db, { version: version + 1, choices: JSON.stringify(input.choice), fingerprint, reason: input.reason, at: ctx.now, person_name: ctx.actor.name })
    const data = { version: version + 1, before: before?.choices ?? JSON.stringify(unchosen), after: JSON.stringify(input.choice), fingerprint, reason: input.reason }
    await ctx.record({ kind: 'documents.typefaces-chosen', subject: { kind: 'office', id: 'typefaces' }, data })
    ctx.afterCommit(() => ctx.services.fonts.adopt(fonts))
    ctx.touch('typefaces')
    return accept({ version: version + 1 })
  },
})

/** Operations on typefaces. */
export const typefaceOperations = [typefaces, preview, choose]
