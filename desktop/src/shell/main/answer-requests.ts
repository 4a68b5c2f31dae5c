/** What the main process does when a page asks. The gate has already checked who asks and what. */
import { app, session } from 'electron'
import { accept, refuse } from '@xiewen/shared/base'
import type { Result } from '@xiewen/shared/base'
import type { BridgeHandlers } from '../../platform/bridge/main/gate.ts'
import type { ClientDoor } from './client-door.ts'
import { answerCopies } from './answer-copies.ts'
import { openElsewhere } from './open-elsewhere.ts'
import { parseServerAddress } from './server-address.ts'
import { testServer } from './test-server.ts'
import type { FoundServer } from './test-server.ts'
import { languageOf } from './words.ts'

/** Session of the connection test: its own and in memory, so that a stranger's server learns nothing. */
const testPartition = 'connection-test'

/** The handlers of every request. */
export function answerRequests(client: ClientDoor): BridgeHandlers {
  const { settings } = client.parts.files
  return {
    'shell.describe': async () =>
      accept({
        host: 'desktop',
        version: app.getVersion(),
        serverOrigin: client.office?.serverOrigin ?? '',
        storage: client.parts.signInVault.storage,
        preferences: settings.get().preferences,
      }),
    'shell.set-preferences': async (change) => {
      const before = settings.get()
      const { closeToTray = before.preferences.closeToTray, notify = before.preferences.notify } = change
      const preferences = { closeToTray, notify }
      settings.set({ ...before, preferences })
      return accept(preferences)
    },
    'shell.show-counts': async ({ todo, toRead }) => {
      // Without the server the page counts from its copy; the tray goes on saying that the server is not reached.
      if (client.office?.linkState().kind === 'online') {
        client.tray.show({ kind: 'counts', todo, toRead })
        client.office.pageCounted(todo)
      }
      return accept({})
    },
    'shell.open-external': ({ url }) => openElsewhere(url, client),
    'shell.change-server': async () => {
      client.showSetup()
      return accept({})
    },
    'link.describe': async () => (client.office === null ? refuse('desktop.fault') : accept(client.office.linkState())),
    ...answerCopies(client),
    'setup.describe': async () =>
      accept({ serverOrigin: settings.get().serverOrigin, locale: languageOf(app.getLocale()) }),
    'setup.test': ({ address }) => found(address, client.parts.allowPlainHttp),
    'setup.save': async ({ address }) => {
      const server = await found(address, client.parts.allowPlainHttp)
      if (!server.ok) return server
      // After the answer has left: changing the server closes the page that asked.
      setImmediate(() => {
        client
          .changeServer(server.value.origin)
          .catch((cause: unknown) => client.parts.report('changing the server failed', cause))
      })
      return server
    },
  }
}

async function found(address: string, allowPlainHttp: boolean): Promise<Result<FoundServer>> {
  const origin = parseServerAddress(address, allowPlainHttp)
  if (!origin.ok) return origin
  return testServer(origin.value, (url, init) => session.fromPartition(testPartition).fetch(url, init))
}
