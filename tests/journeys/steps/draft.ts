/** Step 1: a real plan is imported; two people type in it at once; one loses the network and nothing is lost. */
import { join } from 'node:path'
import { expect } from 'vitest'
import { DocumentDesk } from '../support/document-desk.ts'
import type { Story } from '../support/story.ts'
import { stem, w } from '../support/words.ts'

const plan = join(import.meta.dirname, '../../support/real-documents/zhanjiang-2022-work-points.txt')

/** The bureau that issues the plan in the story. */
export const bureau = '云州市政务服务数据管理局'
/** The title as the story's office words it. */
export const title = `${bureau}关于印发云州市数字政府改革建设2022年工作要点的通知`

/** Imports the plan as 张晓雨: the report first, then the draft.
 *
 * @returns the path of the document's page
 */
export async function importPlan(story: Story): Promise<string> {
  const drafter = await story.as('zhangxiaoyu')
  await drafter.shot('01-inbox-empty')
  await drafter.goto('/documents/new')
  await drafter.tab(w('documents.ui.new.import'))
  await drafter.page.getByLabel(w('documents.ui.import-drop')).setInputFiles(plan)
  await drafter.sees(stem('documents.ui.report.guessed'))
  await drafter.sees('湛江市数字政府改革建设工作领导小组办公室关于印发湛江市数字政府改革建设2022年工作要点的通知')
  await drafter.shot('01-import-report')
  await drafter.press(w('documents.ui.desk.begin'))
  const desk = new DocumentDesk(drafter)
  await desk.text.waitFor()
  await desk.saved()
  return new URL(drafter.page.url()).pathname
}

/** What the import recognised stands in the editor as structure, and the form and the pages show it. */
export async function reviewStructure(story: Story): Promise<void> {
  const drafter = await story.as('zhangxiaoyu')
  const desk = new DocumentDesk(drafter)
  const outline = drafter.page.getByRole('complementary', { name: w('documents.ui.left') })
  await outline.getByText('一、加快融入数字政府均衡协同新发展格局').waitFor()
  await outline.getByText('（一）加快数字政府基础能力发展').waitFor()
  await outline.getByText('1.升级改造固定资产投资').waitFor()
  await drafter.choose(w('documents.ui.element.format'), w('documents.format.general'))
  await desk.element('issuers', bureau)
  await desk.element('markSuffix', '文件')
  await desk.element('copyTo', '市委办公室，市人大常委会办公室，市政府办公室')
  await desk.element('printedBy', `${bureau}办公室`)
  await desk.replaceLine('领导小组办公室关于印发湛江市', title)
  await desk.replaceLine('湛江市“数字政府”改革建设工作领导小组办公室', bureau)
  await desk.saved()
  await drafter.shot('01-draft')
  await desk.mode('preview')
  await expect.poll(() => drafter.page.locator('.live-page').count(), { timeout: 20_000 }).toBeGreaterThan(5)
  await drafter.page.locator('.live-page').first().getByText('湛江市').first().waitFor()
  await drafter.shot('01-preview')
  await desk.mode('draft')
}

/** 张晓雨 invites 李明轩. */
export async function share(story: Story): Promise<void> {
  await new DocumentDesk(await story.as('zhangxiaoyu')).shareWith('李明轩')
}

/** Both type at once, see each other's carets, and undo only their own edits. */
export async function typeTogether(story: Story, path: string): Promise<void> {
  const [drafter, colleague] = [await story.as('zhangxiaoyu'), await story.as('limingxuan')]
  const hers = new DocumentDesk(drafter)
  const his = await new DocumentDesk(colleague).open(path)
  await Promise.all([hers.typeAfter('全面推进全市数据要素市场化配置改革', '（晓雨补充）'), his.typeAfter('加大力度推进数据要素', '（明轩补充）')])
  for (const desk of [hers, his]) {
    await desk.carries('（晓雨补充）')
    await desk.carries('（明轩补充）')
  }
  await hers.text.getByText(/^李明轩/).waitFor({ state: 'attached' })
  await his.text.getByText(/^张晓雨/).waitFor({ state: 'attached' })
  await colleague.shot('01-two-carets')
  await drafter.press(w('documents.ui.undo'))
  await hers.carries('（晓雨补充）', 0)
  await his.carries('（晓雨补充）', 0)
  await his.carries('（明轩补充）')
  await Promise.all([hers.saved(), his.saved()])
}

/** 李明轩 loses the network, goes on typing and comes back: nothing is lost, nothing doubled. */
export async function workOffline(story: Story): Promise<void> {
  const [drafter, colleague] = [await story.as('zhangxiaoyu'), await story.as('limingxuan')]
  const [hers, his] = [new DocumentDesk(drafter), new DocumentDesk(colleague)]
  await colleague.setOffline(true)
  await colleague.sees(stem('documents.ui.save.offline').split('，')[0] ?? '')
  await his.typeAfter('加快步伐推进市域治理', '（离线补充）')
  await hers.typeAfter('持续彰显数字政府便民', '（在线补充）')
  await hers.saved()
  await his.carries('（离线补充）')
  await hers.carries('（离线补充）', 0)
  await his.carries('（在线补充）', 0)
  await colleague.shot('01-offline')
  await colleague.setOffline(false)
  await his.saved()
  for (const desk of [hers, his]) {
    await desk.carries('（离线补充）')
    await desk.carries('（在线补充）')
  }
  colleague.backToNormal()
  await colleague.page.reload()
  await his.text.waitFor()
  await his.carries('（离线补充）')
  await colleague.shot('01-back-online')
}
