/** The stand-in's `webContents`: one Chromium page, the preload in an isolated world of it, and IPC over the debugging
 * protocol. */
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Page, Request as PageRequest, Route } from 'playwright-core'
import { stoppable } from './app.ts'
import type { StandinIpcMain } from './ipc-main.ts'
import { appAddress } from './scheme-server.ts'
import type { StandinSession } from './session.ts'
import { decodeValue, encodeValue } from './values.ts'

const here = join(dirname(fileURLToPath(import.meta.url)), 'page')
const mainWorld = readFileSync(join(here, 'main-world.js'), 'utf8')
const isolatedWorld = readFileSync(join(here, 'isolated-world.js'), 'utf8')

/** The preferences the stand-in knows. */
export interface WebPreferences {
  readonly session: StandinSession
  readonly preload?: string
  readonly additionalArguments?: readonly string[]
  readonly contextIsolation?: boolean
  readonly nodeIntegration?: boolean
  readonly sandbox?: boolean
  readonly webSecurity?: boolean
  readonly webviewTag?: boolean
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' }

interface FromPage {
  readonly kind: 'invoke' | 'send'
  readonly id?: number
  readonly channel: string
  readonly args: readonly unknown[]
}

/** One page. */
export class StandinWebContents extends EventEmitter {
  readonly session: StandinSession
  readonly page: Promise<Page>
  readonly #preferences: WebPreferences
  readonly #ipc: StandinIpcMain
  readonly #token = `_${randomBytes(8).toString('hex')}`
  #cdp: CDPSession | undefined
  #openHandler: OpenHandler | undefined
  #asked = ''
  #loading = false
  #world: number | undefined

  constructor(preferences: WebPreferences, ipc: StandinIpcMain) {
    super()
    if (preferences.contextIsolation === false || preferences.nodeIntegration === true) {
      throw new Error('the stand-in has no pages without context isolation or with Node')
    }
    this.#preferences = preferences
    this.#ipc = ipc
    this.session = preferences.session
    this.page = this.#open()
  }

  getLastWebPreferences(): Omit<WebPreferences, 'session'> {
    const { session: _session, ...preferences } = this.#preferences
    return preferences
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  getURL(): string {
    return this.#asked
  }

  isLoading(): boolean {
    return this.#loading
  }

  /** Sends an event to the preload. */
  send(channel: string, ...args: readonly unknown[]): void {
    const encoded = args.map((arg) => JSON.parse(encodeValue(arg)))
    void this.#deliver({ kind: 'event', channel, args: encoded })
  }

  async load(address: string): Promise<void> {
    this.#asked = address
    this.#loading = true
    const page = await this.page
    await page.goto(await this.session.protocol.pageAddress(address))
  }

  close(): void {
    void this.page.then((page) => page.close())
  }

  async #open(): Promise<Page> {
    const page = await (await this.session.context()).newPage()
    const cdp = await page.context().newCDPSession(page)
    this.#cdp = cdp
    if (this.#preferences.preload !== undefined) await this.#injectPreload(cdp, this.#preferences.preload)
    page.on('load', () => {
      this.#loading = false
      this.emit('did-finish-load')
    })
    page.on('popup', (popup) => {
      // Without a handler, or when it allows, Electron opens the window; so does the stand-in.
      if (this.#openHandler?.({ url: appAddress(popup.url()) }).action === 'deny') void popup.close()
    })
    await page.route('**/*', (route, request) => this.#watchNavigation(page, route, request))
    return page
  }

  async #injectPreload(cdp: CDPSession, file: string): Promise<void> {
    const worldName = `preload${this.#token}`
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldName) this.#world = context.id
    })
    cdp.on('Runtime.bindingCalled', (call) => {
      if (call.name === `${this.#token}ipc`) void this.#receive(JSON.parse(call.payload))
    })
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: `${this.#token}ipc`, executionContextName: worldName })
    const token = JSON.stringify(this.#token)
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: called(mainWorld, token) })
    const preload = `function (require, process, module, exports, location) {${readFileSync(file, 'utf8')}\n}`
    const host = `{ platform: ${JSON.stringify(process.platform)}, argv: ${JSON.stringify(this.#preferences.additionalArguments ?? [])},
      pageOrigin: window.location.origin, appOrigin: ${appOriginInPage} }`
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: called(isolatedWorld, `${token}, ${host}, ${preload}`),
      worldName,
    })
  }

  async #receive(message: FromPage): Promise<void> {
    const page = await this.page
    const event = { senderFrame: { url: appAddress(page.url()), parent: null } }
    const args = message.args.map(decodeValue)
    if (message.kind === 'send') {
      this.#ipc.emit(message.channel, event, ...args)
      return
    }
    const { id, channel } = message
    try {
      const value: unknown = JSON.parse(encodeValue(await this.#ipc.invoke(channel, event, args)))
      await this.#deliver({ kind: 'answer', id, channel, value })
    } catch (cause) {
      await this.#deliver({ kind: 'answer', id, channel, error: String(cause) })
    }
  }

  async #deliver(message: object): Promise<void> {
    const expression = `globalThis[${JSON.stringify(`${this.#token}deliver`)}](${JSON.stringify(message)})`
    // A page that has gone meanwhile hears nothing, as in Electron.
    await this.#cdp
      ?.send('Runtime.evaluate', { expression, ...(this.#world === undefined ? {} : { contextId: this.#world }) })
      .catch(() => undefined)
  }

  async #watchNavigation(page: Page, route: Route, request: PageRequest): Promise<void> {
    const address = appAddress(request.url())
    const expected = this.#loading && address === this.#asked
    if (!request.isNavigationRequest() || expected) return route.fallback()
    const isTop = request.frame() === page.mainFrame()
    const event = stoppable({ url: address, isMainFrame: isTop })
    this.emit('will-frame-navigate', event)
    if (isTop && !event.defaultPrevented) this.emit('will-navigate', event)
    return event.defaultPrevented ? route.abort('aborted') : route.fallback()
  }
}

/** Turns `http://xiewen.app.standin.localhost:123` back into `app://xiewen`, inside the page. */
const appOriginInPage =
  "window.location.origin.replace(/^http:\\/\\/([^/:]+)\\.([a-z0-9]+)\\.standin\\.localhost:\\d+$/, '$2://$1')"

/** The files hold one function each, as `;(function …)`, with comments before; this calls it. */
function called(script: string, args: string): string {
  return `${script.trimEnd()}(${args})`
}
