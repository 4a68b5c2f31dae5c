/** Keeps a person from closing the window on work the server does not have. */

/** Asks the browser to ask before leaving while `hasUnsaved` says so.
 *
 * @returns takes the guard away again
 */
export function guardLeaving(hasUnsaved: () => boolean, target: EventTarget = globalThis): () => void {
  const onLeave = (event: Event): void => {
    if (hasUnsaved()) event.preventDefault()
  }
  target.addEventListener('beforeunload', onLeave)
  return () => target.removeEventListener('beforeunload', onLeave)
}
