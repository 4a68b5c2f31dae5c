/** Keys. Single letters do nothing while text is being typed; chords with Ctrl work everywhere. */
import { useEffect } from 'react'
import { type Action, currentActions } from '../../platform/rooms/index.ts'

/** What a key press means for shortcuts. */
export interface Press {
  readonly key: string
  readonly mod: boolean
  readonly alt: boolean
}

/** Finds what the keys pressed so far mean: an action, the beginning of one (`g` of `g d`), or nothing. Pure.
 *
 * @param pending keys of a sequence begun before, e.g. `g`
 */
export function matchKeys(actions: readonly Action[], pending: string, press: Press): { readonly action: Action | null; readonly pending: string } {
  if (press.alt) return { action: null, pending: '' }
  const name = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const keys = press.mod ? `mod+${name}` : pending === '' ? name : `${pending} ${name}`
  const action = actions.findLast((each) => each.shortcut === keys) ?? null
  if (action !== null) return { action, pending: '' }
  const begins = actions.some((each) => each.shortcut?.startsWith(`${keys} `) === true)
  return { action: null, pending: begins ? keys : '' }
}

/** Whether keys typed there are text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="combobox"], [role="textbox"]')
}

const sequenceMs = 1200

/** Runs the registered actions by their keys while mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const mod = event.ctrlKey || event.metaKey
      if (document.querySelector('dialog[open]') !== null || (isTyping(event.target) && !mod)) return
      const found = matchKeys(currentActions(), pending, { key: event.key, mod, alt: event.altKey })
      clearTimeout(timer)
      pending = found.pending
      timer = setTimeout(() => {
        pending = ''
      }, sequenceMs)
      if (found.action === null) return
      event.preventDefault()
      found.action.run()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
}
