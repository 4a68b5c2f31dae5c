/** A week of those who answer for a seal: made, approved, taken into use, used (several files at once), lent, suspended and resumed, renewed, ended,
 * and looked at by the auditor. Hands are changed by signing in as each of them. */
import { join } from 'node:path'
import { sealsContract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SealStory } from '../scenarios/seals/story.ts'
import { makeSeal } from './steps/seal.ts'
import { type Person, pictures } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

let story: Story
const password = 'Ink-and-Jade-2026'

beforeAll(async () => {
  story = await openStory()
}, 120_000)
afterAll(() => story.end())

async function confirm(person: Person, label: string): Promise<void> {
  const sheet = person.page.getByRole('dialog').filter({ visible: true }).last()
  await sheet.getByRole('button', { name: new RegExp(`^${[...label].join('\\s?')}$`) }).click()
}

/** An act on the card of the seal, with a reason where one is asked for. */
async function act(person: Person, key: 'suspend' | 'resume' | 'ask-renewal' | 'approve-renewal' | 'renew' | 'ask-destruction' | 'destroy', reason = ''): Promise<void> {
  const label = w(`seals.ui.act.${key}`)
  await person.goto('/seals')
  await person.press(label)
  if (reason !== '') await person.page.getByRole('dialog').filter({ visible: true }).last().getByRole('textbox').fill(reason)
  await confirm(person, label)
  await person.sees(w('seals.ui.act.done', { act: label }))
}

/** Both sizes people look at. */
async function shots(person: Person, name: string): Promise<void> {
  await person.shot(`seal-week-${name}`)
  await person.page.setViewportSize({ width: 390, height: 844 })
  await person.shot(`seal-week-${name}-phone`)
  await person.page.setViewportSize({ width: 1440, height: 900 })
}

test('a seal administrator’s week', async () => {
  await makeSeal(story)
  // The browsers hold the links of those three; the others and the papers come through the public API.
  const seals = new SealStory(story.office)
  const registrar = await seals.as('registrar')
  const keeper = await story.as('wuguifang', password)
  const approver = await story.as('linruoxi')
  const maker = await story.as('secadmin')
  const documents = [await seals.typeset(), await seals.typeset()]
  for (const documentId of documents) {
    await registrar.call(sealsContract.apply, { documentId })
    await approver.goto('/inbox')
    await approver.openEntry('关于做好数据共享工作的通知')
    await approver.press(new RegExp(`^${w('seals.ui.approve')}`))
    await confirm(approver, w('seals.ui.approve'))
    await approver.sees(w('seals.ui.approve.done'))
  }

  await keeper.goto('/seals/applications')
  await keeper.press(w('seals.ui.together'))
  await keeper.page.getByRole('checkbox').nth(1).waitFor()
  for (const box of await keeper.page.getByRole('checkbox').all()) await box.check()
  await shots(keeper, 'together')
  await keeper.press(w('seals.ui.together.impress', { count: 2 }))
  await confirm(keeper, w('seals.ui.together.impress', { count: 2 }))
  await keeper.sees(w('seals.ui.together.results-n', { done: 2, count: 2 }))
  await keeper.shot('seal-week-results')
  await keeper.press(w('seals.ui.together.put-away'))
  await keeper.at('link', w('seals.ui.together.earlier')).click()
  await keeper.sees(w('seals.ui.together.earlier.closed'))
  await shots(keeper, 'earlier')
  await keeper.at('link', /关于做好数据共享工作的通知/).first().click()
  await keeper.sees(w('seals.ui.together.results-n', { done: 2, count: 2 }))
  await keeper.shot('seal-week-batch')

  await keeper.goto('/seals')
  await keeper.press(w('seals.ui.lend'))
  await keeper.pick(w('seals.ui.lend.to'), '许丽')
  await keeper.fill(w('seals.ui.reason'), '外出培训')
  await keeper.shot('seal-week-lend-sheet')
  await confirm(keeper, w('seals.ui.lend'))
  await keeper.sees(/许丽临时代管/)
  await shots(keeper, 'lent')
  await keeper.press(w('seals.ui.lend.end'))
  await confirm(keeper, w('seals.ui.lend.end'))
  await keeper.sees(w('seals.ui.lend.ended'))

  await act(keeper, 'suspend', '盘点')
  await act(approver, 'resume', '盘点完毕')
  await act(keeper, 'ask-renewal', '证书将到期')
  await act(approver, 'approve-renewal')
  await act(maker, 'renew')

  await keeper.goto('/seals/ledger')
  await keeper.sees(w('seals.ui.reconcile.good'))
  await shots(keeper, 'ledger')
  await keeper.press(w('seals.ui.register'))
  await keeper.page.getByLabel(w('seals.ui.register.what')).click()
  await keeper.page.getByTitle(w('seals.ui.register.book')).click()
  await shots(keeper, 'take-register')
  const opened = keeper.context.waitForEvent('page')
  await keeper.page.getByRole('button', { name: w('seals.ui.register.open') }).click()
  const print = await opened
  await print.waitForURL(/register-file/)
  await print.emulateMedia({ media: 'print' })
  await print.setViewportSize({ width: 1123, height: 794 })
  await print.screenshot({ path: join(pictures, 'seal-week-print.png'), fullPage: true })
  expect(await print.getByText('换证', { exact: true }).count()).toBe(1)
  await print.close()

  await act(keeper, 'ask-destruction', '机构撤销')
  await act(maker, 'destroy', '机构撤销')
  const auditor = await story.as('auditadmin')
  await auditor.goto('/seals/overview')
  await auditor.sees(w('seals.ui.reconcile.good'))
  await auditor.sees(w('seals.state.destroyed'))
  await shots(auditor, 'overview')
  await auditor.goto('/admin/audit')
  await auditor.page.getByLabel(w('directory.ui.audit.search')).fill('seals.lent')
  await auditor.page.getByLabel(w('directory.ui.audit.search')).press('Enter')
  await auditor.page.getByRole('row').filter({ hasText: '吴桂芳' }).first().waitFor()
  expect(story.complaints).toEqual([])
})
