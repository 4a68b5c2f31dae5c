/** Steps 4 and 5: number, final pages, seal; and what the verifying page says of the file, whole and with one byte changed. */
import { expect } from 'vitest'
import { DocumentDesk } from '../support/document-desk.ts'
import type { Person } from '../support/person.ts'
import type { Story } from '../support/story.ts'
import { w } from '../support/words.ts'

const keeperPassword = 'Ink-and-Jade-2026'
const overFiveMinutes = 6 * 60_000

/** 赵敏 numbers the signed document and lays out its final pages. */
export async function number(story: Story, path: string): Promise<void> {
  const registrar = await story.as('zhaomin')
  const desk = await new DocumentDesk(registrar).open(path)
  await desk.panel(w('documents.ui.panel.issue'))
  await registrar.press(w('documents.ui.issue.allocate'))
  await registrar.sees(/云政数发〔20\d\d〕1号/)
  await registrar.press(w('documents.ui.issue.typeset-act'))
  await registrar.sees(w('documents.state.typeset'))
  await registrar.shot('04-typeset')
  // Opened anew, by reload or by its address, it shows what comes next.
  await registrar.page.reload()
  await desk.shows(w('seals.ui.panel'))
}

async function confirmSheet(person: Person, label: string): Promise<void> {
  const sheet = person.page.getByRole('dialog').filter({ visible: true }).last()
  await sheet.getByRole('button', { name: new RegExp(`^${[...label].join('\\s?')}$`) }).click()
}

/** The bureau's seal is asked for, agreed to, made and taken into use, each by another hand. */
export async function makeSeal(story: Story): Promise<void> {
  const keeper = await story.as('wuguifang', keeperPassword)
  await keeper.goto('/seals')
  await keeper.press(w('seals.ui.propose'))
  await confirmSheet(keeper, w('seals.ui.propose.confirm'))
  await keeper.sees(w('seals.ui.propose.done'))
  for (const [login, act] of [['linruoxi', 'approve-seal'], ['secadmin', 'make'], ['wuguifang', 'enable']] as const) {
    const hand = await story.as(login)
    await hand.goto('/seals')
    await hand.press(w(`seals.ui.act.${act}`))
    await confirmSheet(hand, w(`seals.ui.act.${act}`))
    await hand.sees(w('seals.ui.act.done', { act: w(`seals.ui.act.${act}`) }))
  }
  await keeper.sees(w('seals.state.active'))
  await keeper.shot('05-seals')
}

/** 用印申请 by the registrar, permit by the approver, impression by the keeper after proving who she is. */
export async function impress(story: Story, path: string, title: string): Promise<void> {
  const registrar = await story.as('zhaomin')
  const desk = await new DocumentDesk(registrar).open(path)
  await desk.panel(w('seals.ui.panel'))
  await registrar.press(w('seals.ui.panel.apply'))
  await registrar.sees(w('seals.ui.panel.applied'))
  const approver = await story.as('linruoxi')
  await approver.openEntry(title)
  await approver.press(new RegExp(`^${w('seals.ui.approve')}`))
  await confirmSheet(approver, w('seals.ui.approve'))
  await approver.sees(w('seals.ui.approve.done'))
  story.advance(overFiveMinutes)
  const keeper = await story.as('wuguifang')
  keeper.expectRefusal('/api/seals/impress')
  await keeper.openEntry(title)
  await keeper.press(new RegExp(`^${w('seals.ui.impress')}`))
  await confirmSheet(keeper, w('seals.ui.impress'))
  const proof = keeper.at('dialog', w('shell.step-up.title'))
  await proof.getByLabel(w('shell.sign-in.password')).fill(keeperPassword)
  await keeper.shot('05-step-up')
  await proof.getByRole('button', { name: w('shell.step-up.confirm') }).click()
  await keeper.sees(w('seals.verdict.VALID'))
  await keeper.sees(w('seals.use.impressed'))
  await keeper.shot('05-impressed')
}

/** Anybody, not signed in, finds the sealed file valid, and finds out when a byte of it has changed. */
export async function verify(story: Story, path: string): Promise<void> {
  const keeper = await story.as('zhaomin')
  const sealed = await sealedPdf(keeper, path)
  const visitor = await story.visitor()
  await visitor.goto('/verify')
  const file = (bytes: Buffer) => ({ name: 'sealed.pdf', mimeType: 'application/pdf', buffer: bytes })
  await visitor.page.getByLabel(w('seals.verify.drop')).setInputFiles(file(sealed))
  await visitor.sees(w('seals.verdict.VALID'))
  await visitor.shot('05-verify-valid')
  const changed = Buffer.from(sealed)
  const at = Math.floor(changed.length / 3)
  changed[at] = (changed[at] ?? 0) ^ 1
  await visitor.press(w('seals.verify.again'))
  await visitor.page.getByLabel(w('seals.verify.drop')).setInputFiles(file(changed))
  const verdict = visitor.page.getByRole('region', { name: w('seals.verify.result') })
  await verdict.waitFor()
  expect(await verdict.innerText()).not.toContain(w('seals.verdict.VALID'))
  expect(await verdict.innerText()).toMatch(/改动|不通过/)
  await visitor.shot('05-verify-changed')
  await visitor.context.close()
}

/** The sealed PDF as the registrar's browser downloads it from the document's page. */
async function sealedPdf(person: Person, path: string): Promise<Buffer> {
  const desk = await new DocumentDesk(person).open(path)
  await desk.panel(w('documents.ui.panel.issue'))
  const link = person.at('link', /用印件/)
  await link.waitFor()
  const answer = await person.context.request.get(new URL((await link.getAttribute('href')) ?? '', person.page.url()).href)
  expect(answer.ok()).toBe(true)
  return answer.body()
}
