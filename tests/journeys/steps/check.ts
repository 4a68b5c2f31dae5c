/** Step 2: the checker says what is wrong while it is written, repairs at one key, and lets nothing go with errors. */
import { expect } from 'vitest'
import { DocumentDesk } from '../support/document-desk.ts'
import type { Story } from '../support/story.ts'
import { w } from '../support/words.ts'

/** 送审 is off while errors stand; each repair takes one away; then it can be sent. */
export async function repairErrors(story: Story): Promise<void> {
  const drafter = await story.as('zhangxiaoyu')
  const desk = new DocumentDesk(drafter)
  await desk.panel(w('documents.ui.panel.check'))
  const bar = drafter.page.getByRole('region', { name: w('ui.decision.bar') })
  const submit = bar.getByRole('button', { name: new RegExp(`^${w('workflow.ui.go.submit')}`) })
  await bar.getByText(/校验发现 \d+ 处错误/).waitFor()
  expect(await submit.isDisabled()).toBe(true)
  await drafter.shot('02-errors')
  const errors = drafter.page.getByRole('complementary', { name: w('documents.ui.right') }).getByRole('listitem').filter({ hasText: w('documents.ui.check.error') })
  for (let left = await errors.count(); left > 0; left = await errors.count()) {
    await errors.first().getByRole('button', { name: w('documents.ui.check.fix') }).click()
    await expect.poll(() => errors.count(), { timeout: 10_000, message: 'the repair takes the error away' }).toBeLessThan(left)
  }
  await expect.poll(() => submit.isEnabled(), { timeout: 10_000, message: '送审 is possible' }).toBe(true)
  await desk.saved()
  await drafter.shot('02-clean')
}
