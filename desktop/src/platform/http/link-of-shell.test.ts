import { accept } from '@xiewen/shared/base'
import { beforeEach, expect, test } from 'vitest'
import { bridgeOver, browserApi, type LinkState } from '../bridge/index.ts'
import { followShellLink } from './link-of-shell.ts'
import { linkState, setOnline } from './link-state.ts'

const savedAt = 1_700_000_000_000

beforeEach(() => setOnline(true))

/** A desktop client that describes the link as given and tells of changes when asked to. */
function aShell(described: LinkState) {
  const listeners = new Set<(link: LinkState) => void>()
  const tab = { location: { origin: 'app://xiewen' }, navigator: { onLine: true }, document: { title: '' }, addEventListener: () => undefined, removeEventListener: () => undefined, open: () => undefined }
  const twin = browserApi(tab)
  const shell = bridgeOver('desktop', {
    ...twin,
    requests: { ...twin.requests, 'link.describe': async () => accept(described) },
    on: {
      ...twin.on,
      link: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  })
  return { shell, tell: (link: LinkState) => listeners.forEach((listener) => listener(link)) }
}

test('a page opened without a server learns so at once, and how old what it shows is', async () => {
  const { shell } = aShell({ kind: 'offline', since: savedAt + 5000, cachedAt: savedAt })

  followShellLink(shell, () => undefined)
  await Promise.resolve()
  await Promise.resolve()

  expect(linkState()).toEqual({ online: false, savedAt })
})

test('the page follows the client’s word, and asks again once when the server is back', () => {
  const { shell, tell } = aShell({ kind: 'online' })
  let returns = 0
  followShellLink(shell, () => (returns += 1))

  tell({ kind: 'offline', since: savedAt, cachedAt: null })
  expect(linkState()).toEqual({ online: false, savedAt: null })
  tell({ kind: 'offline', since: savedAt, cachedAt: savedAt - 1 })
  expect(linkState()).toEqual({ online: false, savedAt: savedAt - 1 })
  tell({ kind: 'online' })
  tell({ kind: 'online' })

  expect([linkState(), returns]).toEqual([{ online: true, savedAt: null }, 1])
})

test('after sign-out the client’s word is no longer taken', async () => {
  const { shell, tell } = aShell({ kind: 'offline', since: savedAt, cachedAt: null })

  followShellLink(shell, () => undefined)()
  tell({ kind: 'offline', since: savedAt, cachedAt: null })
  await Promise.resolve()
  await Promise.resolve()

  expect(linkState().online).toBe(true)
})
