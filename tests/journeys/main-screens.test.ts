/** The main screens of the demonstration at desk width, at phone width and in English: nothing overflows, nothing complains, nobody
 * is shut out; and the inbox is worked by keyboard alone. The pictures are those of the README. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from './support/accessible.ts'
import type { Person } from './support/person.ts'
import { type Look, looks, overflow, type Screen, screens, show, wear } from './support/screens.ts'
import { openStory, type Story } from './support/story.ts'
import { stem, w } from './support/words.ts'

const main = (look: Look) => screens.filter((screen) => screen.main === 'every-look' || (screen.main === 'desk' && look.name === 'screen'))

let story: Story
const paths = new Map<string, string>()

beforeAll(async () => {
  story = await openStory({ demonstration: true })
})
afterAll(() => story?.end())

function sitting(screen: Screen): Promise<Person> {
  return screen.login === null ? story.visitor() : story.as(screen.login)
}

describe.for(looks)('$name', (look) => {
  test.for(main(look))('$name', async (screen) => {
    const person = await sitting(screen)
    if (screen.login === null) await person.page.setViewportSize(look.size)
    else await wear(person, look)
    await show(person, screen, paths)
    await person.shot(`${look.name}-${screen.name}`)
    expect(await overflow(person.page)).toBeLessThanOrEqual(0)
    // Names, headings and colours are the same in every look.
    if (look.name === 'screen') expect(await findBarriers(person.page)).toEqual([])
  })
})

test('a letter is agreed to from the inbox by keyboard alone: picked, reviewed, done', async () => {
  const person = await story.as('maxiaofeng')
  const { keyboard } = person.page
  await wear(person, looks[0] ?? failure())
  await person.goto('/inbox')
  await person.at('row', /函/).waitFor()
  await keyboard.press('x')
  await person.at('region', w('ui.decision.bar')).waitFor()
  await keyboard.press('a')
  await person.at('dialog', w('shell.batch.approve-title', { count: 1 })).waitFor()
  await person.shot('keyboard-review')
  await keyboard.press('Enter')
  await person.at('dialog', w('shell.batch.all-done', { done: 1 })).waitFor()
  await person.shot('keyboard-result')
  await keyboard.press('Enter')
  await person.sees(w('shell.inbox.empty.todo'))
})

test.for(['standard', 'large', 'contrast'] as const)('on a phone the bar below a request is one row until it is opened, by touch or by key (%s)', async (display) => {
  const person = await story.as('chenguodong')
  const { page } = person
  await wear(person, { name: 'phone', size: { width: 390, height: 844 }, locale: 'zh-CN', display })
  await show(person, screens.find(({ name }) => name === 'decision') ?? failure(), paths)
  const bar = person.at('region', w('ui.decision.bar'))
  const row = bar.locator('.decision-fold')
  const opinion = bar.getByRole('textbox', { name: w('workflow.ui.opinion') })
  expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(844 / 12)
  expect([await row.getAttribute('aria-expanded'), await opinion.isVisible()]).toEqual(['false', false])
  await person.shot(`phone-decision-folded-${display}`)
  await row.press('Enter')
  await opinion.waitFor()
  await person.shot(`phone-decision-open-${display}`)
  expect(await findBarriers(page)).toEqual([])
  await opinion.press('Escape')
  await opinion.waitFor({ state: 'hidden' })
  expect(await row.evaluate((element) => element === document.activeElement)).toBe(true)
  // Its sheets do not depend on it.
  await row.press('r')
  await person.at('dialog', w('workflow.ui.return')).waitFor()
  await page.keyboard.press('Escape')
  await wear(person, looks[0] ?? failure())
})

test('the folded row says why a draft cannot be sent yet', async () => {
  const person = await story.as('limingxuan')
  await wear(person, looks.find(({ name }) => name === 'phone') ?? failure())
  await show(person, screens.find(({ name }) => name === 'document') ?? failure(), paths)
  await person.at('region', w('ui.decision.bar')).locator('.decision-fold').filter({ hasText: stem('workflow.ui.lint') }).waitFor()
  await wear(person, looks[0] ?? failure())
})

test('a request is opened and signed by keyboard alone', async () => {
  const person = await story.as('chenguodong')
  const { keyboard } = person.page
  await wear(person, looks[0] ?? failure())
  await person.goto('/inbox')
  await person.at('row', /请示/).waitFor()
  await keyboard.press('Enter')
  const sign = person.at('region', w('ui.decision.bar')).getByRole('button', { name: /^签\s?发/ })
  await expect.poll(() => sign.isEnabled(), { timeout: 15_000 }).toBe(true)
  await keyboard.press('a')
  await person.at('dialog', w('workflow.ui.sign.confirm-title')).waitFor()
  await keyboard.press('Enter')
  await person.sees(stem('workflow.ui.done.signed'))
})

test('the menu marks 收文 while a received document is read, and 发文 on the page of documents', async () => {
  const person = await story.as('zhengming')
  await wear(person, looks[0] ?? failure())
  await person.goto(paths.get('received') ?? failure())
  const marked = person.page.locator('.menu [aria-current="page"]')
  await expect.poll(() => marked.getAttribute('href'), { timeout: 15_000 }).toBe('/incoming')
  await person.goto('/documents')
  await expect.poll(() => marked.getAttribute('href'), { timeout: 15_000 }).toBe('/documents')
})

test('an administrator who opens the inbox, which administrators have not, is led to their own first page', async () => {
  const person = await story.as('sysadmin')
  await person.goto('/inbox')
  await person.page.waitForURL((url) => url.pathname === '/admin/people')
})

test('a page of the administration opens to its administrator, and tells others whose it is', async () => {
  const administrator = await story.as('sysadmin')
  await wear(administrator, looks[0] ?? failure())
  await administrator.goto('/admin/calendar')
  await administrator.sees(w('directory.ui.calendar.enter'))
  const person = await story.as('liangsiyuan')
  await wear(person, looks[0] ?? failure())
  await person.goto('/admin/people')
  await person.sees(w('shell.reserved.what', { whose: w('directory.duty.system-admin') }))
  expect(await person.at('button', w('directory.ui.add-person')).count()).toBe(0)
})

test('no screen complained in its console', () => {
  expect(story.complaints).toEqual([])
})

function failure(): never {
  throw new Error('no looks')
}
