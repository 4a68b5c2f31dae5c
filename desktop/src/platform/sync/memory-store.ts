/** Local copies that live as long as the page: where a browser has no storage at all, and in tests. */
import type { CopyHandle, JournalStore } from './journal-store.ts'

interface Copy {
  updates: Uint8Array[]
  readonly counts: Map<object, number>
}

/** Makes an empty store. */
export function memoryStore(): JournalStore {
  const copies = new Map<string, Copy>()
  const copyOf = (name: string): Copy => {
    const known = copies.get(name)
    if (known !== undefined) return known
    const made: Copy = { updates: [], counts: new Map() }
    copies.set(name, made)
    return made
  }
  const unsavedOf = ({ counts }: Copy): number => [...counts.values()].reduce((sum, count) => sum + count, 0)
  return {
    open(name): CopyHandle {
      const window = {}
      let found = new Map<object, number>()
      return {
        async read() {
          const copy = copyOf(name)
          found = new Map(copy.counts)
          return { updates: [...copy.updates], unsaved: unsavedOf(copy) }
        },
        async append(updates, unsaved) {
          const copy = copyOf(name)
          copy.updates.push(...updates)
          copy.counts.set(window, unsaved)
        },
        async compact(fold) {
          const copy = copyOf(name)
          copy.updates = [fold(copy.updates)]
        },
        async settle() {
          const { counts } = copyOf(name)
          for (const [other, count] of found) if (other !== window && counts.get(other) === count) counts.delete(other)
          found = new Map()
        },
        async erase() {
          copies.delete(name)
        },
      }
    },
    async listWaiting(prefix) {
      return [...copies].filter(([name, copy]) => name.startsWith(prefix) && unsavedOf(copy) > 0).map(([name, copy]) => ({ name, unsaved: unsavedOf(copy) }))
    },
  }
}
