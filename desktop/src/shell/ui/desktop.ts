/** What the desktop client adds: counts in the tray, places to open from a notification. */
import { useEffect } from 'react'
import { bridge, type Destination } from '../../platform/bridge/index.ts'
import { type Counts, navigate } from '../../platform/rooms/index.ts'

/** Hands the counts to the desktop client (or the tab's title) and follows its notifications. */
export function useDesktop(counts: Counts | null): void {
  const [todo, toRead] = [counts?.todo ?? null, counts?.toRead ?? null]
  useEffect(() => {
    if (todo !== null && toRead !== null && bridge().host === 'desktop') void bridge().call('shell.show-counts', { todo, toRead })
  }, [todo, toRead])
  useEffect(() => bridge().on('navigate', (destination) => void navigate(pathOfDestination(destination))), [])
}

/** The address of a place named by the desktop client. */
export function pathOfDestination(destination: Destination): string {
  switch (destination.kind) {
    case 'inbox':
      return '/inbox'
    case 'inbox-entry':
      return `/inbox?entry=${destination.id}`
    case 'document':
      return `/documents/${destination.id}`
    case 'task':
      return `/inbox?task=${destination.id}`
    case 'assignment':
      return `/supervision/${destination.id}`
    case 'meeting':
      return `/meetings/${destination.id}`
  }
}
