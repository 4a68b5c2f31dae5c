/** The three displays: standard 标准, large type 大字, high contrast 高对比. One switch, kept per user. */
import { useSyncExternalStore } from 'react'

/** The displays in the order of the switch. */
export const displays = ['standard', 'large', 'contrast'] as const
/** One of `displays`. */
export type Display = (typeof displays)[number]

let current: Display = 'standard'
const listeners = new Set<() => void>()

/** The display in use. */
export function currentDisplay(): Display {
  return current
}

/** Puts a display on screen. */
export function switchDisplay(display: Display): void {
  current = display
  document.documentElement.dataset['display'] = display
  for (const listener of listeners) listener()
}

/** The display in use; the view renders again when it changes. */
export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, currentDisplay)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
