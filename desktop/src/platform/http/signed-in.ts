/** Whether the server takes this page for somebody's, as far as the page knows. While it does not, whatever asks by itself rests. */

let signedIn = false
const listeners = new Set<() => void>()

/** Whether somebody is signed in, and the session has not been found ended. */
export function isSignedIn(): boolean {
  return signedIn
}

/** Calls `listener` each time somebody has signed in, the first time or again. */
export function onSignedIn(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Records what the shell has found out. */
export function setSignedIn(next: boolean): void {
  if (signedIn === next) return
  signedIn = next
  if (signedIn) for (const listener of [...listeners]) listener()
}
