/** The one registry of actions: menu, palette and keys all read it. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
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

/** Adds the actions of a page while it is on screen. Registers again only when names or keys change; `run` is always that
 * of the last rendering, so the array needs no memo. */
export function usePageActions(actions: readonly Action[]): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const signature = actions.map((action) => [action.id, action.labelKey, action.shortcut ?? '', action.groupKey, action.hidden === true].join('|')).join('\n')
  useEffect(() => {
    const runById = (id: string) => latest.current.find((action) => action.id === id)?.run()
    return addActions(latest.current.map((action) => ({ ...action, run: () => runById(action.id) })))
  }, [signature])
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
