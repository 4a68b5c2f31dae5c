/** The one registry of actions: menu, palette and keys all read it. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Action } from './room-ui.ts'

let registered: readonly Action[] = []
const listeners = new Set<() => void>()

/** Adds actions until the returned function is called. Later ones win over earlier ones with the same key. */
export function addActions(actions: readonly Action[]): () => void {
  registered = [...registered, ...actions]
  tell()
  return () => {
    registered = registered.filter((action) => !actions.includes(action))
    tell()
  }
}

/** All actions that can be taken now. */
export function useActions(): readonly Action[] {
  return useSyncExternalStore(subscribe, currentActions)
}

/** All actions that can be taken now, outside of React. */
export function currentActions(): readonly Action[] {
  return registered
}

/** Adds the actions of a page while it is on screen. Memoise the array: a new one registers again. */
export function usePageActions(actions: readonly Action[]): void {
  useEffect(() => addActions(actions), [actions])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}
