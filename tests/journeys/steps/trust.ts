/** Step 9: the audit administrator sees every act; the log is whole, seen from inside and from outside. */
import { expect } from 'vitest'
import { verifyAuditOffline } from '@xiewen/server'
import type { Story } from '../support/story.ts'
import { w } from '../support/words.ts'

/** The page of the audit lists the acts of the story and finds the log whole. */
export async function inspect(story: Story): Promise<void> {
  await story.office.settle()
  const auditor = await story.as('auditadmin')
  await auditor.goto('/admin/audit')
  for (const [name, act] of [['陈国栋', 'workflow.signed'], ['赵敏', 'documents.numbered'], ['吴桂芳', 'seals.impressed']] as const) {
    await auditor.page.getByLabel(w('directory.ui.audit.search')).fill(act)
    await auditor.page.getByLabel(w('directory.ui.audit.search')).press('Enter')
    await auditor.page.getByRole('row').filter({ hasText: name }).first().waitFor()
  }
  await auditor.page.getByLabel(w('directory.ui.audit.search')).fill('')
  await auditor.page.getByLabel(w('directory.ui.audit.search')).press('Enter')
  await auditor.press(w('directory.ui.audit.verify'))
  await auditor.sees(/^核验通过/)
  await auditor.shot('09-audit')
}

/** The same log read from outside the server, on its files alone. */
export async function inspectFromOutside(story: Story): Promise<void> {
  const verdict = await verifyAuditOffline({ dataDir: story.office.dataDir, database: { kind: 'sqlite' } })
  expect(verdict.problems).toEqual([])
  expect(verdict.facts).toBeGreaterThan(100)
}
