/** The main screens of the demonstration at desk width, at phone width and in English: nothing overflows, nothing complains.
 * The pictures are those of the README. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'

/** A screen: who looks at it, where, and what it is called. */
interface Screen {
  readonly name: string
  readonly login: string
  readonly path: (page: Page) => Promise<string>
}

const at = (path: string) => async () => path

/** The address of the first row of a list that carries these words. */
const firstOf = (list: string, words: string) => async (page: Page) => {
  await page.goto(new URL(list, page.url()).href)
  await page.getByRole('row').filter({ hasText: words }).first().press('Enter')
  await page.waitForURL((url) => url.pathname !== list)
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

const screens: readonly Screen[] = [
  { name: 'inbox', login: 'wangjingyi', path: at('/inbox') },
  { name: 'decision', login: 'chenguodong', path: firstOf('/inbox', '请示') },
  { name: 'documents', login: 'limingxuan', path: at('/documents') },
  { name: 'document', login: 'limingxuan', path: firstOf('/documents', '行动') },
  { name: 'seal', login: 'zhaomin', path: firstOf('/documents', '工作要点') },
  { name: 'incoming', login: 'zhengming', path: at('/incoming?tab=all') },
  { name: 'supervision', login: 'liangsiyuan', path: at('/supervision') },
  { name: 'overview', login: 'liangsiyuan', path: at('/supervision/overview') },
  { name: 'verify', login: 'liangsiyuan', path: at('/verify') },
  { name: 'meeting', login: 'luojia', path: at('/meetings/rooms') },
  { name: 'meetings', login: 'luojia', path: at('/meetings') },
]

let story: Story
const paths = new Map<string, string>()

beforeAll(async () => {
  story = await openStory({ demonstration: true })
})
afterAll(() => story?.end())

async function open(screen: Screen): Promise<Person> {
  const person = await story.as(screen.login)
  const known = paths.get(screen.name) ?? (await screen.path(person.page))
  paths.set(screen.name, known)
  await person.goto(known)
  await expect.poll(() => person.page.getByText('正在读取……').filter({ visible: true }).count(), { timeout: 15_000 }).toBe(0)
  return person
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

test.for(screens)('$name at desk width', async (screen) => {
  const person = await open(screen)
  await person.shot(`screen-${screen.name}`)
  expect(await overflow(person.page)).toBeLessThanOrEqual(0)
})

test.for(screens)('$name on a phone', async (screen) => {
  const person = await story.as(screen.login)
  await person.page.setViewportSize({ width: 390, height: 844 })
  await open(screen)
  await person.shot(`phone-${screen.name}`)
  expect(await overflow(person.page)).toBeLessThanOrEqual(0)
  await person.page.setViewportSize({ width: 1440, height: 900 })
})

test.for(screens)('$name in English', async (screen) => {
  const person = await open(screen)
  await person.press('EN')
  await expect.poll(() => person.page.evaluate(() => document.documentElement.lang)).toBe('en')
  await person.shot(`english-${screen.name}`)
  expect(await overflow(person.page)).toBeLessThanOrEqual(0)
})

test('no screen complained in its console', () => {
  expect(story.complaints).toEqual([])
})
