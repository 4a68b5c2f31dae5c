/** Whether the server answers, and since when not. */
import type { LinkState } from '../../platform/bridge/contract/index.ts'

/** Follows the link and tells listeners of changes. Times are UTC milliseconds. */
export interface LinkWatch {
  current(): LinkState
  answered(): void
  /** `cachedAt`: when the copy shown instead was made, null when there was none. */
  failed(now: number, cachedAt: number | null): void
  /** Told when the server goes or returns, and when what is shown instead grows older. */
  onChange(listener: (state: LinkState) => void): void
}

/** A watch that begins by believing the server to be there. */
export function linkWatch(): LinkWatch {
  let state: LinkState = { kind: 'online' }
  const listeners: ((state: LinkState) => void)[] = []
  const become = (next: LinkState): void => {
    const changed = next.kind !== state.kind || cachedAtOf(next) !== cachedAtOf(state)
    state = next
    if (changed) for (const listener of listeners) listener(next)
  }
  return {
    current: () => state,
    answered: () => become({ kind: 'online' }),
    failed: (now, cachedAt) => {
      const since = state.kind === 'offline' ? state.since : now
      const oldest = state.kind === 'offline' ? oldestOf(state.cachedAt, cachedAt) : cachedAt
      become({ kind: 'offline', since, cachedAt: oldest })
    },
    onChange: (listener) => listeners.push(listener),
  }
}

function cachedAtOf(state: LinkState): number | null {
  return state.kind === 'offline' ? state.cachedAt : null
}

function oldestOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}
