/** Builds the client once per test file and starts it as a person would find it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { InboxEntry } from '@xiewen/shared/base'
import { inboxEntrySchema } from '@xiewen/shared/base'
import { buildApp } from '../../desktop/bin/build-app.mjs'
import { launchStandin } from '../support/electron-standin/launch.ts'
import type { LaunchOptions, StandinApplication } from '../support/electron-standin/launch.ts'

/** The built client with a bare page in place of the interface, so that the shell is tested by itself. */
export async function buildClient(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'xiewen-built-'))
  await buildApp(directory)
  mkdirSync(join(directory, 'web'))
  writeFileSync(
    join(directory, 'web', 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>协文</title><h1>办公</h1>',
  )
  return directory
}

/** Starts a built client. */
export function start(built: string, options: Partial<LaunchOptions> = {}): Promise<StandinApplication> {
  return launchStandin({ main: join(built, 'app', 'main.cjs'), ...options })
}

/** Starts a client whose server is already set up; `page` is its office page. */
export async function startAt(
  built: string,
  serverOrigin: string,
  options: Partial<LaunchOptions> = {},
): Promise<{ readonly client: StandinApplication; readonly page: Page }> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'xiewen-profile-'))
  const settings = { serverOrigin, preferences: { closeToTray: true, notify: 'full' } }
  writeFileSync(join(userData, 'settings.json'), JSON.stringify(settings))
  const client = await start(built, { ...options, userData })
  return { client, page: await client.firstWindow() }
}

/** Signs in through the page, as the interface does. */
export async function signIn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const answer = await fetch('/api/session/sign-in', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  })
}

/** Waits until `read` gives a true value; a bound, not a sleep. */
export async function until<T>(what: string, read: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const value = await read()
    if (value !== null && value !== undefined && value !== false) return value
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resume) => setTimeout(resume, 15))
  }
}

/** An inbox entry with the given title; `number` makes its id. */
export function anEntry(number: number, title: string): InboxEntry {
  return inboxEntrySchema.parse({
    id: String(number).padStart(26, '0'),
    kind: 'todo',
    room: 'workflow',
    subjectKind: 'document',
    subjectId: 'd'.repeat(26),
    taskId: 't'.repeat(26),
    title,
    detail: '',
    step: 'workflow.step.review',
    postTitle: '办公室主任',
    fromName: '李文',
    urgency: 'none',
    dueAt: null,
    createdAt: 1_700_000_000_000,
    doneAt: null,
    readAt: null,
  })
}
