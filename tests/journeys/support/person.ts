/** Somebody at a browser of their own: signs in by the one-time link, goes to pages, presses what is named. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'

/** Where the pictures of every step are left. */
export const pictures = join(import.meta.dirname, '../../output/journeys')
mkdirSync(pictures, { recursive: true })

/** Role names used by the story. */
type Role = 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'heading' | 'dialog' | 'textbox' | 'combobox' | 'option' | 'row' | 'listitem' | 'menuitem' | 'status' | 'region'

/** A person with a browser session of their own. */
export class Person {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  readonly #base: string
  readonly #complaints: string[]
  #offline = false
  readonly #expected: string[] = []

  constructor(who: { readonly name: string; readonly base: string; readonly page: Page; readonly complaints: string[] }) {
    this.name = who.name
    this.page = who.page
    this.context = who.page.context()
    this.#base = who.base
    this.#complaints = who.complaints
    this.#listen()
  }

  /** What the browser says in its console counts as a fault, unless the network was taken away on purpose. */
  #listen(): void {
    const note = (text: string) => {
      if (!this.#offline && !this.#expected.some((part) => text.includes(part))) this.#complaints.push(`${this.name} at ${this.page.url()}: ${text}`)
    }
    this.page.on('console', (message) => {
      if (message.type() === 'error') note(`${message.text()} (${message.location().url})`)
    })
    this.page.on('pageerror', (error) => note(error.stack ?? error.message))
  }

  /** Goes to a page of the interface and waits until it has its heading. */
  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.#base}${path}`)
    await this.page.getByRole('heading', { level: 1 }).first().waitFor()
  }

  /** What has a role and a name. */
  at(role: Role, name: string | RegExp, exact = false): Locator {
    return this.page.getByRole(role, { name, exact })
  }

  /** Presses the button of this name. */
  async press(name: string | RegExp, exact = typeof name === 'string'): Promise<void> {
    await this.at('button', spaced(name), exact).first().click()
  }

  /** Chooses a tab. */
  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** Fills a labelled field. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label).first().fill(text)
  }

  /** Chooses people or units in a searching field: types each name and takes the option that carries it. */
  async pick(label: string, ...names: readonly string[]): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label })
    for (const name of names) {
      await field.fill(name)
      await this.option(name).click()
    }
    await field.blur()
  }

  /** Chooses one of the options of a list that does not search. */
  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label }).click()
    await this.option(option).click()
  }

  /** An option of the open list. Lists are drawn in a layer of their own, where each option carries its words as title. */
  option(text: string): Locator {
    return this.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: text }).first()
  }

  /** Waits until these words can be seen. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** The server will refuse this address once on purpose; browsers write that into the console. */
  expectRefusal(part: string): void {
    this.#expected.push(part)
  }

  /** Takes the network away, or gives it back. */
  async setOffline(offline: boolean): Promise<void> {
    if (offline) this.#offline = true
    await this.context.setOffline(offline)
  }

  /** From now on complaints count again. */
  backToNormal(): void {
    this.#offline = false
  }

  /** Leaves a picture of what is on screen. */
  async shot(name: string): Promise<void> {
    // Away from buttons, whose hints would cover what is shown.
    await this.page.mouse.move(2, 2)
    await this.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
  }

  /** Opens the row of a list that carries these words. */
  async openRow(words: string): Promise<void> {
    await this.page.getByRole('row').filter({ hasText: words }).first().press('Enter')
  }

  /** Opens the first entry of the inbox that carries these words. */
  async openEntry(title: string, tab: 'todo' | 'to-read' = 'todo'): Promise<void> {
    await this.goto(tab === 'todo' ? '/inbox' : `/inbox/${tab}`)
    await this.openRow(title)
    await this.page.waitForURL((url) => !url.pathname.startsWith('/inbox'))
  }
}

/** Ant Design parts two Chinese letters of a button with a space. */
function spaced(name: string | RegExp): string | RegExp {
  if (typeof name !== 'string' || !/^\p{Script=Han}{2}$/u.test(name)) return name
  return new RegExp(`^${name[0]}\\s?${name[1]}$`)
}
