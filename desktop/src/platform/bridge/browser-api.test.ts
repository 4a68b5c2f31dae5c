import { expect, test } from 'vitest'
import { bridgeOver } from './bridge.ts'
import { browserApi } from './browser-api.ts'

function aTab() {
  const opened: string[] = []
  const tab = {
    location: { origin: 'https://oa.example' },
    navigator: { onLine: true },
    document: { title: '协文' },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    open: (url: string, target: string, features: string) => opened.push(`${url} ${target} ${features}`),
  }
  return { tab, opened, bridge: bridgeOver('browser', browserApi(tab)) }
}

test('in a browser the tab’s title counts what waits', async () => {
  const { tab, bridge } = aTab()

  await bridge.call('shell.show-counts', { todo: 3, toRead: 1 })
  expect(tab.document.title).toBe('(3) 协文')
  await bridge.call('shell.show-counts', { todo: 0, toRead: 1 })
  expect(tab.document.title).toBe('协文')
})

test('in a browser only web addresses open, and the new tab cannot reach back', async () => {
  const { opened, bridge } = aTab()

  expect(await bridge.call('shell.open-external', { url: 'javascript:alert(1)' })).toMatchObject({ ok: false })
  expect(await bridge.call('shell.open-external', { url: 'https://www.gov.cn/' })).toMatchObject({ ok: true })
  expect(opened).toEqual(['https://www.gov.cn/ _blank noopener,noreferrer'])
})

test('what only the desktop client can do is refused in words', async () => {
  expect(await aTab().bridge.call('shell.change-server', {})).toEqual({ ok: false, refusal: { code: 'desktop.not-in-browser' } })
})
