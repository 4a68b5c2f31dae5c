/** What the page may ask about local copies of texts. */
import { accept, refuse } from '@xiewen/shared/base'
import type { BridgeHandlers } from '../../platform/bridge/main/gate.ts'
import type { ClientDoor } from './client-door.ts'

type CopyRequests = Pick<BridgeHandlers, 'copies.read' | 'copies.append' | 'copies.replace' | 'copies.erase' | 'copies.list'>

/** The handlers. Without a keyring each of them refuses, so that the page can say that nothing is kept. */
export function answerCopies(client: ClientDoor): CopyRequests {
  const copies = client.parts.textCopies
  const noKeyring = refuse('desktop.no-keyring')
  return {
    'copies.read': async ({ name }) => {
      if (!copies.isOpen) return noKeyring
      const { updates, unsaved } = await copies.read(name)
      return accept({ updates: updates.map((update) => Buffer.from(update).toString('base64')), unsaved })
    },
    'copies.append': async ({ name, updates, unsaved }) => {
      if (!copies.isOpen) return noKeyring
      await copies.append(name, { updates: updates.map(bytesOf), unsaved })
      return accept({})
    },
    'copies.replace': async ({ name, updates, unsaved }) => {
      if (!copies.isOpen) return noKeyring
      await copies.replace(name, { updates: updates.map(bytesOf), unsaved })
      return accept({})
    },
    'copies.erase': async ({ name }) => {
      await copies.erase(name)
      return accept({})
    },
    'copies.list': async ({ prefix }) => accept({ copies: [...(await copies.list(prefix))] }),
  }
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}
