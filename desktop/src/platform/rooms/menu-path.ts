/** Where the menu says one is, when the address alone does not tell: a received document (收文) is read on the page of documents. */
import { useEffect, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let claimed: string | null = null

/** While the page is on screen, the menu marks the entry of `path` instead of the address's own; null leaves it to the address. */
export function useMenuPath(path: string | null): void {
  useEffect(() => {
    claim(path)
    return () => claim(null)
  }, [path])
}

/** What the page on screen claims, or null. For the menu. */
export function useClaimedMenuPath(): string | null {
  return useSyncExternalStore(subscribe, () => claimed, () => claimed)
}

function claim(path: string | null): void {
  claimed = path
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
