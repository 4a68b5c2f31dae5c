/** Presence as the editor's carets need it: a caret moves with every letter anybody types, and drawing all carets anew goes through the
 * whole editor each time. One's own caret is drawn by the browser, and colleagues' letters bring their carets along; what only
 * moves a caret is drawn after the letter on the screen, and in company. */
import type { Awareness } from 'y-protocols/awareness'
import { afterPaint } from '../../../platform/sync/index.ts'

/** Carets are drawn anew at most so often (ms) when nothing but carets moved. */
const restMs = 100

/** Who came, moved and went, by client. */
interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

type Listener = (changes: Changes, origin: unknown) => void

/** What the caret plugin asks of a presence. */
export type CaretPresence = Pick<Awareness, 'states' | 'getStates' | 'getLocalState' | 'setLocalStateField'> & {
  on(name: 'change' | 'update', listener: Listener): void
  off(name: 'change' | 'update', listener: Listener): void
}

/** The same presence, whose `change` tells of others only, after the next picture and at most ten times a second. */
export function calmCarets(awareness: Awareness): CaretPresence {
  const calmed = new Map<Listener, Listener>()
  return {
    states: awareness.states,
    getStates: () => awareness.getStates(),
    getLocalState: () => awareness.getLocalState(),
    setLocalStateField: (field, value) => awareness.setLocalStateField(field, value),
    on(name, listener) {
      if (name === 'change') calmed.set(listener, inCompany(awareness, listener))
      awareness.on(name, calmed.get(listener) ?? listener)
    },
    off(name, listener) {
      awareness.off(name, calmed.get(listener) ?? listener)
      calmed.delete(listener)
    },
  }
}

function inCompany(awareness: Awareness, listener: Listener): Listener {
  let isPlanned = false
  let drawnAt = -Infinity
  return (changes, origin) => {
    const { added, updated, removed } = changes
    if (isPlanned || ![...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) return
    isPlanned = true
    const draw = (): void => {
      isPlanned = false
      drawnAt = performance.now()
      listener(changes, origin)
    }
    setTimeout(() => afterPaint(draw), Math.max(0, drawnAt + restMs - performance.now()))
  }
}
