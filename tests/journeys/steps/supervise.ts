/** Step 7: the received plan becomes assignments; a unit signs, reports and claims completion; the officer closes one. */
import { expect } from 'vitest'
import type { Person } from '../support/person.ts'
import type { Story } from '../support/story.ts'
import { stem, w } from '../support/words.ts'

const first = '加快数字政府基础能力发展'
const items = [first, '完善全市政府统一协同体系', '完善公共数据管理体系']

async function confirmSheet(person: Person, label: string): Promise<void> {
  await person.at('dialog', label).getByRole('button', { name: new RegExp(`^${[...label].join('\\s?')}$`) }).click()
}

/** 梁思远 takes the plan apart: every item that names a lead unit is proposed; she gives three of them out. */
export async function assign(story: Story, title: string): Promise<void> {
  const officer = await story.as('liangsiyuan')
  await officer.goto('/supervision/new')
  await officer.openRow(title)
  await officer.sees(/找出\d+项任务/)
  await officer.shot('07-proposals')
  await officer.at('checkbox', w('supervision.ui.proposals.all')).uncheck()
  for (const item of items) await officer.at('checkbox', item, true).check()
  await officer.page.getByLabel(w('supervision.ui.proposals.days')).fill('2')
  await officer.press(w('supervision.ui.proposals.assign', { count: items.length }))
  await officer.sees(w('supervision.ui.done.assign', { count: items.length }))
  await officer.sees(stem('supervision.ui.ledger'))
  await officer.shot('07-ledger')
}

/** The bureau signs for an assignment, reports, is sent back once, reports again and claims that it is done. */
export async function report(story: Story): Promise<void> {
  const unit = await story.as('wangjingyi')
  await unit.openEntry(first)
  await unit.press(new RegExp(`^${w('supervision.ui.act.accept')}`))
  await unit.press(w('supervision.ui.act.report'))
  await fillReport(unit, '已完成实施方案初稿，正在征求意见。', '60')
  await unit.shot('07-report')
  await confirmSheet(unit, w('supervision.ui.act.report'))
  await unit.sees(w('supervision.ui.done.report'))
  const officer = await story.as('liangsiyuan')
  await officer.goto('/supervision')
  await officer.openRow(first)
  await officer.press(w('supervision.ui.act.returnReport'))
  await officer.at('dialog', w('supervision.ui.act.returnReport')).getByLabel(w('supervision.ui.field.reason')).fill('请补充征求意见的单位名单。')
  await confirmSheet(officer, w('supervision.ui.act.returnReport'))
  await officer.sees(w('supervision.state.returned'))
  await unit.openEntry(first)
  await unit.press(w('supervision.ui.act.report'))
  await fillReport(unit, '已征求五县四区和十二个部门意见，方案已印发。', '100')
  await confirmSheet(unit, w('supervision.ui.act.report'))
  await unit.sees(w('supervision.ui.done.report'))
}

async function fillReport(unit: Person, progress: string, percent: string): Promise<void> {
  const sheet = unit.at('dialog', w('supervision.ui.act.report'))
  await sheet.getByLabel(w('supervision.ui.field.progress')).fill(progress)
  await sheet.getByLabel(w('supervision.ui.field.percent')).fill(percent)
}

/** The report is accepted, completion claimed by the head of the bureau, and the assignment struck off. */
export async function close(story: Story): Promise<void> {
  const officer = await story.as('liangsiyuan')
  await officer.press(w('supervision.ui.act.approveReport'))
  await confirmSheet(officer, w('supervision.ui.act.approveReport'))
  await officer.page.getByRole('dialog').waitFor({ state: 'hidden' })
  const head = await story.as('chenguodong')
  await head.goto('/supervision')
  await head.openRow(first)
  await head.press(w('supervision.ui.act.claimCompletion'))
  await head.at('dialog', w('supervision.ui.act.claimCompletion')).getByLabel(w('supervision.ui.field.result')).fill('实施方案已印发，任务完成。')
  await confirmSheet(head, w('supervision.ui.act.claimCompletion'))
  await head.sees(w('supervision.ui.done.claim'))
  await officer.press(w('supervision.ui.act.close'))
  await confirmSheet(officer, w('supervision.ui.act.close'))
  await officer.sees(w('supervision.state.closed'))
  await officer.shot('07-closed')
}

/** Lamps and the overview of units and states. */
export async function overview(story: Story): Promise<void> {
  const officer = await story.as('liangsiyuan')
  await officer.goto('/supervision/overview')
  const lamps = officer.page.getByRole('list', { name: w('supervision.ui.column.lamp') })
  await lamps.waitFor()
  await expect.poll(() => lamps.innerText()).toContain(w('supervision.lamp.blue'))
  await officer.page.getByRole('rowheader', { name: '市政务服务数据管理局' }).first().waitFor()
  await officer.page.locator('canvas, svg').first().waitFor()
  await officer.shot('07-overview')
}
