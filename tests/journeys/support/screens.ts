/** The main screens by name: who looks at each, where it is, and what has to be pressed to see it. */
import type { Page } from 'playwright-core'
import type { Person } from './person.ts'

/** One screen of the demonstration. */
export interface Screen {
  readonly name: string
  /** Login name of who looks at it; null for somebody who is not signed in. */
  readonly login: string | null
  /** Finds the address, e.g. by opening the first row of a list. Chinese interface, desk width. */
  readonly path: (page: Page) => Promise<string>
  /** Pressed once the page is there, by roles rather than words, so that it works in every language. */
  readonly act?: (page: Page) => Promise<void>
  /** Looked at by the ordinary test run as well, not by the gallery alone: at desk width, or in every look. */
  readonly main?: 'desk' | 'every-look'
}

/** How a screen is looked at. */
export interface Look {
  readonly name: string
  readonly size: { readonly width: number; readonly height: number }
  readonly locale: 'zh-CN' | 'en'
  readonly display: 'standard' | 'large' | 'contrast'
}

const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** The ways in which the ordinary run looks at the main screens. */
export const looks: readonly Look[] = [
  { name: 'screen', size: desk, locale: 'zh-CN', display: 'standard' },
  { name: 'phone', size: phone, locale: 'zh-CN', display: 'standard' },
  { name: 'english', size: desk, locale: 'en', display: 'standard' },
]

/** Further ways, for the gallery. 大字 and 高对比 are those of the main screens alone. */
export const furtherLooks: readonly Look[] = [
  { name: 'english-phone', size: phone, locale: 'en', display: 'standard' },
  { name: 'large', size: desk, locale: 'zh-CN', display: 'large' },
  { name: 'large-phone', size: phone, locale: 'zh-CN', display: 'large' },
  { name: 'contrast', size: desk, locale: 'zh-CN', display: 'contrast' },
]

const at = (path: string) => async () => path

/** The address of the first row of a list that carries these words. */
function row(list: string, words: string, tail = '') {
  return async (page: Page) => {
    await page.goto(new URL(list, page.url()).href)
    const found = page.getByRole('row').filter({ hasText: words }).first()
    await found.press('Enter')
    await page.waitForURL((url) => url.pathname !== new URL(list, page.url()).pathname)
    const { pathname, search } = new URL(page.url())
    return pathname + tail + search
  }
}

const radio = (index: number) => (page: Page) => page.locator('.ant-segmented-item').nth(index).click()
const tab = (index: number) => (page: Page) => page.getByRole('main').getByRole('tab').nth(index).click()
const key = (press: string) => (page: Page) => page.keyboard.press(press)
/** Presses one thing after the other, the first of each that there is. */
const press = (...selectors: readonly string[]) => async (page: Page) => {
  for (const selector of selectors) await page.locator(selector).first().click()
}
const leftTab = (index: number) => `.zone-left [role=tab] >> nth=${index}`
const rightTab = (index: number) => `.zone-right [role=tab] >> nth=${index}`

/** Screens as they are when everything is well. */
export const screens: readonly Screen[] = [
  { name: 'sign-in', login: null, path: at('/'), main: 'desk' },
  { name: 'inbox', login: 'wangjingyi', path: at('/inbox'), main: 'every-look' },
  { name: 'inbox-to-read', login: 'liujianhua', path: at('/inbox/to-read') },
  { name: 'inbox-done', login: 'zhaomin', path: at('/inbox/done') },
  { name: 'mine', login: 'xuli', path: at('/workflow/mine') },
  { name: 'palette', login: 'zhaomin', path: at('/inbox'), act: key('Control+k'), main: 'desk' },
  { name: 'help', login: 'zhaomin', path: at('/inbox'), act: key('?') },
  { name: 'decision', login: 'chenguodong', path: row('/inbox', '请示'), main: 'every-look' },
  { name: 'countersign', login: 'maxiaofeng', path: row('/inbox', '函'), main: 'desk' },
  { name: 'documents', login: 'limingxuan', path: at('/documents'), main: 'every-look' },
  { name: 'document', login: 'limingxuan', path: row('/documents', '行动'), main: 'every-look' },
  { name: 'document-revise', login: 'limingxuan', path: row('/documents', '行动'), act: radio(1) },
  { name: 'document-preview', login: 'limingxuan', path: row('/documents', '行动'), act: radio(3) },
  { name: 'document-redline', login: 'limingxuan', path: row('/documents', '行动'), act: radio(2) },
  { name: 'document-check', login: 'limingxuan', path: row('/documents', '行动'), act: press(rightTab(1)) },
  { name: 'document-ignore', login: 'limingxuan', path: row('/documents', '行动'), act: press(rightTab(1), '.findings .ant-btn-variant-text') },
  { name: 'document-comments', login: 'limingxuan', path: row('/documents', '行动'), act: press(rightTab(3)) },
  { name: 'document-keys', login: 'limingxuan', path: row('/documents', '行动'), act: press('.status-line button') },
  { name: 'document-versions', login: 'limingxuan', path: row('/documents', '行动'), act: press(leftTab(2)) },
  { name: 'document-playback', login: 'limingxuan', path: row('/documents', '行动'), act: press(leftTab(2), '.zone-left .after') },
  { name: 'templates', login: 'zhaomin', path: at('/documents/templates') },
  { name: 'template', login: 'zhaomin', path: at('/documents/templates/new') },
  { name: 'rules', login: 'zhaomin', path: at('/documents/rules') },
  { name: 'new', login: 'zhangxiaoyu', path: at('/documents/new'), main: 'desk' },
  { name: 'register', login: 'zhaomin', path: at('/documents/register'), main: 'desk' },
  { name: 'numbering', login: 'zhaomin', path: row('/inbox', '通知') },
  { name: 'seal', login: 'zhaomin', path: row('/documents', '工作要点'), main: 'every-look' },
  { name: 'sent', login: 'zhaomin', path: at('/dispatches') },
  { name: 'incoming', login: 'zhengming', path: at('/incoming?tab=all'), main: 'every-look' },
  { name: 'received', login: 'zhengming', path: row('/incoming?tab=all', '工作要点'), main: 'desk' },
  { name: 'received-sign', login: 'liaomin', path: row('/incoming', '工作要点') },
  { name: 'supervision', login: 'liangsiyuan', path: at('/supervision'), main: 'every-look' },
  { name: 'assignment', login: 'liangsiyuan', path: row('/supervision', '督'), main: 'desk' },
  { name: 'overview', login: 'liangsiyuan', path: at('/supervision/overview'), main: 'every-look' },
  { name: 'proposals', login: 'liangsiyuan', path: at('/supervision/new') },
  { name: 'meetings', login: 'luojia', path: at('/meetings'), main: 'every-look' },
  { name: 'rooms', login: 'luojia', path: at('/meetings/rooms'), main: 'every-look' },
  { name: 'meeting-plan', login: 'luojia', path: at('/meetings/new') },
  { name: 'meeting', login: 'luojia', path: row('/meetings', '推进会'), main: 'desk' },
  { name: 'meeting-replies', login: 'luojia', path: row('/meetings', '推进会'), act: tab(1) },
  { name: 'meeting-sign-in', login: 'luojia', path: row('/meetings', '推进会'), act: tab(2) },
  { name: 'meeting-minutes', login: 'luojia', path: row('/meetings', '推进会'), act: tab(3) },
  { name: 'seals', login: 'wuguifang', path: at('/seals') },
  { name: 'seal-applications', login: 'wuguifang', path: at('/seals/applications') },
  { name: 'seal-application', login: 'wuguifang', path: row('/seals/applications', '工作要点') },
  { name: 'seal-ledger', login: 'wuguifang', path: at('/seals/ledger') },
  { name: 'verify', login: 'liangsiyuan', path: at('/verify'), main: 'every-look' },
  { name: 'archive', login: 'dingyiming', path: at('/archive'), main: 'desk' },
  { name: 'directory', login: 'tangxuemei', path: at('/directory'), main: 'desk' },
  { name: 'search', login: 'zhaomin', path: at('/search?text=数字'), main: 'desk' },
  { name: 'settings', login: 'gaozhiyuan', path: at('/settings') },
  { name: 'admin-people', login: 'sysadmin', path: at('/admin/people'), main: 'desk' },
  { name: 'admin-calendar', login: 'sysadmin', path: at('/admin/calendar') },
  { name: 'admin-typefaces', login: 'sysadmin', path: at('/documents/typefaces'), main: 'desk' },
  { name: 'admin-inbox', login: 'sysadmin', path: at('/inbox') },
  { name: 'admin-grants', login: 'secadmin', path: at('/admin/grants') },
  { name: 'admin-seals', login: 'secadmin', path: at('/seals') },
  { name: 'audit', login: 'auditadmin', path: at('/admin/audit'), main: 'desk' },
]

/** Screens of missing things: nothing there yet, not found, refused. */
export const bareScreens: readonly Screen[] = [
  { name: 'empty-todo', login: 'shilei', path: at('/inbox') },
  { name: 'empty-to-read', login: 'sysadmin', path: at('/inbox/to-read') },
  { name: 'empty-documents', login: 'shilei', path: at('/documents') },
  { name: 'empty-incoming', login: 'jiangtao', path: at('/incoming') },
  { name: 'empty-search', login: 'shilei', path: at('/search?text=量子') },
  { name: 'empty-meetings', login: 'shilei', path: at('/meetings') },
  { name: 'empty-archive', login: 'qinsong', path: at('/archive') },
  { name: 'not-found', login: 'shilei', path: at('/nowhere') },
  { name: 'refused', login: 'shilei', path: at('/documents/0000000000000000000000') },
  { name: 'refused-admin', login: 'shilei', path: at('/admin/people') },
]

/** Shows a screen: finds its address once, opens it, waits until nothing is being read, presses what has to be pressed. */
export async function show(person: Person, screen: Screen, paths: Map<string, string>): Promise<void> {
  const path = paths.get(screen.name) ?? (await screen.path(person.page))
  paths.set(screen.name, path)
  await person.goto(path)
  await settled(person.page)
  await screen.act?.(person.page)
  await settled(person.page)
}

/** Puts language and display on, as the person would, and takes the window's size. */
export async function wear(person: Person, look: Look): Promise<void> {
  const { page } = person
  await page.setViewportSize(desk)
  const worn = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['display'] ?? 'standard'])
  const group = (index: number) => page.locator('.top-bar-end > .switch').nth(index).getByRole('button')
  if (worn[1] !== look.display) await group(0).nth(['standard', 'large', 'contrast'].indexOf(look.display)).click()
  if (worn[0] !== look.locale) await group(1).nth(['zh-CN', 'en'].indexOf(look.locale)).click()
  await page.waitForFunction(([locale, display]) => document.documentElement.lang === locale && (document.documentElement.dataset['display'] ?? 'standard') === display, [look.locale, look.display] as const)
  await page.setViewportSize(look.size)
}

/** Waits until no part of the page is still being read and nothing has changed for a quarter of a second. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.skeleton') === null && document.querySelector('h1') !== null, undefined, { timeout: 15_000 })
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(done, 250)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(done, 250)
        })
        function done() {
          observer.disconnect()
          resolve()
        }
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        // A page that never rests, e.g. a running clock, is shown as it is.
        setTimeout(done, 3000)
      }),
  )
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
