/** Local copies in encrypted files, through the desktop client. */
import type { Bridge } from '../bridge/index.ts'
import type { CopyHandle, JournalStore } from './journal-store.ts'

/** A store over the client's bridge. The client has one window, so its last number is the number. */
export function bridgeStore(shell: Pick<Bridge, 'call'>): JournalStore {
  return {
    open: (name) => handleOf(shell, name),
    async listWaiting(prefix) {
      const answer = await shell.call('copies.list', { prefix })
      return answer.ok ? answer.value.copies.filter((copy) => copy.unsaved > 0) : []
    },
  }
}

function handleOf(shell: Pick<Bridge, 'call'>, name: string): CopyHandle {
  let newest = 0
  const read = async (): Promise<{ updates: Uint8Array[]; unsaved: number }> => {
    const { updates, unsaved } = valueOf(await shell.call('copies.read', { name }))
    return { updates: updates.map(fromBase64), unsaved }
  }
  return {
    async read() {
      const found = await read()
      newest = found.unsaved
      return found
    },
    async append(updates, unsaved) {
      valueOf(await shell.call('copies.append', { name, updates: updates.map(toBase64), unsaved }))
      newest = unsaved
    },
    async compact(fold) {
      const { updates } = await read()
      valueOf(await shell.call('copies.replace', { name, updates: [toBase64(fold(updates))], unsaved: newest }))
    },
    settle: async () => {},
    async erase() {
      valueOf(await shell.call('copies.erase', { name }))
    },
  }
}

function valueOf<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: { readonly code: string } }): T {
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
