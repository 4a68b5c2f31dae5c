/** The stage: one office, one browser, a session for each person of the story. */
import { type Browser, chromium } from 'playwright-core'
import { buildContent, Cast, demoPeople, renewTokens, type SignInTokens } from '@xiewen/server'
import { instant } from '@xiewen/shared/base'
import { words as english } from '../../../desktop/src/shell/ui/words.en.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { Person } from './person.ts'
import { w } from './words.ts'

const launchOptions = {
  executablePath: process.env['XIEWEN_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
}

/** What the steps share. */
export interface Story {
  readonly office: TestOffice
  readonly browser: Browser
  /** Errors of all consoles and pages; empty at the end. */
  readonly complaints: string[]
  /** How many browser sessions are open at this moment. */
  sessions(): number
  /** The person of this login name, signed in through the one-time link on first use. */
  as(login: string, password?: string): Promise<Person>
  /** A visitor who is not signed in, e.g. a citizen on the verifying page. */
  visitor(): Promise<Person>
  /** Pictures of everybody's window, for finding out why a step failed. */
  picture(prefix: string): Promise<void>
  /** Lets the server's clock run ahead. */
  advance(ms: number): void
  end(): Promise<void>
}

/** Opens the office and the browser on a fresh data directory, or on the one given and kept; with the demonstration's work in
 * it where asked. */
export async function openStory(options: { readonly demonstration?: boolean; readonly dataDir?: string; readonly publicUrl?: string } = {}): Promise<Story> {
  let ahead = 0
  const webRoot = process.env['XIEWEN_WEB_ROOT']
  const office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) }, ...(webRoot === undefined ? {} : { webRoot }), ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }), ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }) })
  const tokens = options.demonstration === true ? await fill(office) : office.tokens
  const browser = await chromium.launch(launchOptions)
  const complaints: string[] = []
  const people = new Map<string, Person>()
  const sit = async (name: string) => {
    // Without motion: whether an animation's end reaches the page in time depends on the machine, and no journey is about it.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, reducedMotion: 'reduce' })
    context.setDefaultTimeout(15_000)
    return new Person({ name, base: office.server.url, page: await context.newPage(), complaints })
  }
  return {
    office,
    browser,
    complaints,
    sessions: () => browser.contexts().length,
    as: async (login, password) => {
      const known = people.get(login)
      if (known) return known
      const person = await sit(nameOf(login))
      people.set(login, person)
      await signIn(person, tokens.get(login) ?? '', password)
      return person
    },
    visitor: () => sit('visitor'),
    picture: async (prefix) => {
      for (const [login, person] of people) await person.shot(`${prefix}-${login}`)
    },
    advance: (ms) => {
      ahead += ms
    },
    end: async () => {
      await browser.close()
      await office.close()
    },
  }
}

/** Lets the demonstration's people do their work; their links are used up by it, so everybody gets a new one. */
async function fill(office: TestOffice): Promise<SignInTokens> {
  if (office.tokens.size > 0) {
    await buildContent(new Cast(office.server, office.tokens), () => undefined)
    await office.settle()
  }
  return (await renewTokens(office.server)) ?? office.tokens
}

function nameOf(login: string): string {
  return demoPeople.find((person) => person.login === login)?.name ?? login
}

/** Follows the link; sets a password where the story needs one later, else puts the offer away. */
async function signIn(person: Person, token: string, password?: string): Promise<void> {
  await person.goto(`/link/${token}`)
  if (password === undefined) {
    // Whoever has sat here before may have chosen the other language.
    await person.press(new RegExp(`^(?:${w('shell.welcome.later')}|${english['shell.welcome.later']})$`, 'u'))
    return
  }
  const sheet = person.at('dialog', w('shell.welcome.title'))
  await sheet.getByLabel(w('shell.welcome.next')).fill(password)
  await sheet.getByLabel(w('shell.welcome.repeat')).fill(password)
  await sheet.getByRole('button', { name: w('shell.welcome.save') }).click()
  await person.sees(w('shell.welcome.done'))
}
