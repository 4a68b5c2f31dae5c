/** Whether the server can be reached, as far as the page knows. */

/** The link between page and server. */
export interface LinkState {
  readonly online: boolean
}

let link: LinkState = { online: true }
const listeners = new Set<() => void>()

/** The link state now; the same object between changes. */
export function linkState(): LinkState {
  return link
}

/** Calls `listener` when the link goes or returns. */
export function onLinkChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Records that the server was reached, or was not. */
export function setOnline(online: boolean): void {
  if (link.online === online) return
  link = { online }
  for (const listener of listeners) listener()
}
