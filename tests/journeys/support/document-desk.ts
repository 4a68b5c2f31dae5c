/** The document page as a person works on it. */
import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import type { Person } from './person.ts'
import { stem, w } from './words.ts'

/** A document open in a person's window. */
export class DocumentDesk {
  readonly person: Person

  constructor(person: Person) {
    this.person = person
  }

  /** Opens the document of this address: its text, or its final pages once there are any. */
  async open(path: string): Promise<this> {
    await this.person.goto(path)
    await this.person.page.getByRole('complementary', { name: w('documents.ui.right') }).waitFor()
    return this
  }

  /** Imports a text as a draft of this person's and opens it; answers its address. */
  async begin(text: string): Promise<string> {
    const { person } = this
    await person.goto('/documents/new')
    await person.tab(w('documents.ui.new.import'))
    await person.page.getByLabel(w('documents.ui.import-drop')).setInputFiles({ name: 'notice.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await person.press(w('documents.ui.desk.begin'))
    await this.text.waitFor()
    await this.saved()
    return new URL(person.page.url()).pathname
  }

  /** Invites colleagues to write. */
  async shareWith(...names: string[]): Promise<void> {
    await this.person.press(w('documents.ui.share'))
    await this.person.pick(w('documents.ui.share.who'), ...names)
    await this.person.press(w('documents.ui.share.act'))
    await this.person.at('dialog', w('documents.ui.share.title')).waitFor({ state: 'hidden' })
  }

  /** The text being edited or read. */
  get text(): Locator {
    return this.person.page.locator('[contenteditable]').first()
  }

  /** A line of the text that carries these words; numbers of headings are drawn, not written. */
  line(words: string): Locator {
    return this.text.locator(':is(p, h1, h2, h3, h4, h5, h6, div)').filter({ hasText: words }).last()
  }

  /** Puts the cursor at the end of a line and types. */
  async typeAfter(words: string, typed: string): Promise<void> {
    await this.#cursorAfter(this.line(words))
    await this.person.page.keyboard.type(typed)
  }

  /** Types a paragraph of its own at the end of the text. */
  async typeAtEnd(typed: string): Promise<void> {
    await this.#cursorAfter(this.text.locator(':scope > *').last())
    await this.person.page.keyboard.press('Enter')
    await this.person.page.keyboard.type(typed)
  }

  /** The editor reads where the cursor is in the next frame; whoever types faster than that is no person. */
  async #cursorAfter(line: Locator): Promise<void> {
    await line.click({ position: { x: 60, y: 8 } })
    await line.evaluate(async (element) => {
      const selection = getSelection()
      selection?.selectAllChildren(element)
      selection?.collapseToEnd()
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
    })
  }

  /** Replaces a whole line. */
  async replaceLine(words: string, typed: string): Promise<void> {
    await this.line(words).click({ clickCount: 3, position: { x: 60, y: 8 } })
    await this.person.page.keyboard.type(typed)
  }

  /** Waits for the word 已保存, which stands for the server's acknowledgement. */
  async saved(): Promise<void> {
    await this.person.page.getByRole('status').filter({ hasText: w('documents.ui.save.saved') }).first().waitFor()
  }

  /** Waits until the text carries these words exactly so many times. */
  async carries(words: string, times = 1): Promise<void> {
    await expect.poll(async () => (await this.text.innerText()).split(words).length - 1, { timeout: 15_000, message: `${this.person.name}: ${words}` }).toBe(times)
  }

  /** Switches 起草, 修订, 花脸稿, 清稿, 定稿, 版式预览. */
  async mode(key: 'draft' | 'revise' | 'redline' | 'clean' | 'final' | 'preview'): Promise<void> {
    await this.person.page.locator('.workbench-tools .ant-segmented-item').filter({ hasText: w(`documents.ui.mode.${key}`) }).click()
  }

  /** Shows a panel of the right zone. */
  async panel(name: string): Promise<void> {
    await this.person.page.getByRole('complementary', { name: w('documents.ui.right') }).getByRole('tab', { name }).click()
  }

  /** Waits until a panel of the right zone is the one that is shown. */
  async shows(name: string): Promise<void> {
    await this.person.page.getByRole('complementary', { name: w('documents.ui.right') }).getByRole('tab', { name, selected: true }).waitFor()
  }

  /** Sets a field of 版头 or 版记. */
  async element(name: string, value: string): Promise<void> {
    const field = this.person.page.getByLabel(w(`documents.ui.element.${name}`), { exact: true })
    await field.fill(value)
    await field.blur()
  }

  /** Writes an opinion into the bar and presses the act, which names who gets it next. */
  async decide(act: string, opinion: string, to: string | null): Promise<void> {
    const bar = this.person.page.getByRole('region', { name: w('ui.decision.bar') })
    if (opinion !== '') await bar.getByRole('textbox', { name: w('workflow.ui.opinion') }).fill(opinion)
    const button = bar.getByRole('button', { name: new RegExp(`^${act}${to === null ? '' : `.*${to}`}`) }).first()
    await expect.poll(() => button.isEnabled(), { timeout: 15_000 }).toBe(true)
    await button.click()
  }

  /** Waits for the word that tells of the act. */
  async told(key: string): Promise<void> {
    await this.person.sees(stem(key))
  }
}
