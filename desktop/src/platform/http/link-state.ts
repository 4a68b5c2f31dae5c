/** Whether the server can be reached, as far as the page knows. */

/** The link between page and server. */
export interface LinkState {
  readonly online: boolean
  /** When the server gave the oldest of the kept answers shown instead of new ones, UTC milliseconds; null when all that is
   * shown came from the server while it answered. */
  readonly savedAt: number | null
}

let link: LinkState = { online: true, savedAt: null }
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

/** Records that the server was reached, or was not and since when the answers shown instead had been kept. */
export function setOnline(online: boolean, savedAt: number | null = null): void {
  if (link.online === online && link.savedAt === savedAt) return
  link = { online, savedAt }
  for (const listener of listeners) listener()
}
