/** A small router over the History API. */
import { useSyncExternalStore } from 'react'

/** Where the page is. */
export interface Place {
  readonly path: string
  readonly query: URLSearchParams
  /** The same address as one text, for comparing. */
  readonly href: string
}

const listeners = new Set<() => void>()
const guards = new Set<() => boolean>()
let place: Place = readPlace()

/** The place now; a new object after each move. */
export function currentPlace(): Place {
  return place
}

/** Goes to a path of this application, e.g. `/documents/3k…?tab=opinions`.
 *
 * @param options.replace does not add to the history
 * @returns false when a page asked to stay (unsaved work)
 */
export function navigate(path: string, options: { readonly replace?: boolean } = {}): boolean {
  if (path === place.href && window.location.hash === '') return true
  if (![...guards].every((mayLeave) => mayLeave())) return false
  if (options.replace === true) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  moved()
  return true
}

/** Goes back, or to `fallback` when there is nothing to go back to. */
export function goBack(fallback: string): void {
  if (window.history.length > 1) window.history.back()
  else navigate(fallback)
}

/** Asks `mayLeave` before each move away until the returned function is called. */
export function guardLeaving(mayLeave: () => boolean): () => void {
  guards.add(mayLeave)
  return () => {
    guards.delete(mayLeave)
  }
}

/** The place now; the view renders again after each move. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, currentPlace, currentPlace)
}

/** Calls `listener` after each move. */
export function onMove(listener: () => void): () => void {
  return subscribe(listener)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function moved(): void {
  place = readPlace()
  for (const listener of listeners) listener()
}

function readPlace(): Place {
  if (typeof window === 'undefined') return { path: '/', query: new URLSearchParams(), href: '/' }
  const { pathname, search } = window.location
  return { path: pathname, query: new URLSearchParams(search), href: `${pathname}${search}` }
}

if (typeof window !== 'undefined') window.addEventListener('popstate', moved)
