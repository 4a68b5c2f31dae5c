/** The interface itself, as built, inside the desktop client, before a real server. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPeople } from '@xiewen/server'
import { sessionContract } from '@xiewen/shared/directory'
import { buildInterface } from '../../desktop/bin/build-app.mjs'
import type { StandinApplication } from '../support/electron-standin/launch.ts'
import { anOffice } from '../support/office.ts'
import type { TestOffice } from '../support/office.ts'
import { buildClient, startAt, until } from './desktop-client.ts'

const password = 'Desk-7-lamp-Harbour'
const person = demoPeople[0]
const screenshots = join(import.meta.dirname, '../output/desktop')

let office: TestOffice
let built: string
let client: StandinApplication
let page: Page

beforeAll(async () => {
  if (person === undefined) throw new Error('the demonstration has no people')
  built = await buildClient()
  await buildInterface(built)
  office = await anOffice()
  await (await office.as(person.login)).call(sessionContract.setPassword, { next: password })
  ;({ client, page } = await startAt(built, office.server.url))
  mkdirSync(screenshots, { recursive: true })
}, 120_000)
afterAll(() => client.close())

const name = person?.name ?? ''

test('a person signs in through the client and sees the office, and the policy stops nothing the interface needs', async () => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })

  await page.reload()
  await page.getByLabel('登录名').fill(person?.login ?? '')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()

  await page.getByText(name).first().waitFor()
  await page.screenshot({ path: join(screenshots, 'signed-in.png') })
  await until('the tray to count', () => client.control.trays[0]?.toolTip.includes('待办'))
  expect(complaints).toEqual([])
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('the next start without network opens on what was last seen', async () => {
  await client.close()
  const { url } = office.server
  await office.close()

  ;({ client, page } = await startAt(built, url, { userData: client.userData }))

  await page.getByText(name).first().waitFor()
  await page.screenshot({ path: join(screenshots, 'offline.png') })
  expect(client.control.trays[0]?.toolTip).toBe('协文 · 未连接服务器')
})
