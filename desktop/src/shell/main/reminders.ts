/** Native reminders of new entries; a click opens the entry. */
import { Notification } from 'electron'
import type { InboxEntry } from '@xiewen/shared/base'
import type { Destination, Preferences } from '../../platform/bridge/contract/index.ts'
import type { Words } from './words.ts'

const shownAtOnce = 3

/** Reminds of fresh entries: each by itself up to three, more in one reminder. With `brief` no title appears, because
 * reminders also show on a locked or shared screen. */
export function remind(
  fresh: readonly InboxEntry[],
  style: Preferences['notify'],
  options: { readonly words: Words; readonly open: (destination: Destination) => void },
): void {
  if (style === 'off' || fresh.length === 0 || !Notification.isSupported()) return
  if (fresh.length > shownAtOnce) {
    show(options.words('shell.new-entries', { count: fresh.length }), '', () => options.open({ kind: 'inbox' }))
    return
  }
  for (const entry of fresh) {
    const body = style === 'full' ? `${entry.title}\n${entry.fromName}` : ''
    show(options.words('shell.new-entry'), body, () => options.open(destinationOf(entry)))
  }
}

/** Reminders on screen are held here: one that is garbage collected no longer hears its click. */
const onScreen = new Set<Notification>()

function show(title: string, body: string, onClick: () => void): void {
  const reminder = new Notification({ title, body })
  onScreen.add(reminder)
  reminder.on('click', () => {
    onScreen.delete(reminder)
    onClick()
  })
  reminder.on('close', () => onScreen.delete(reminder))
  reminder.show()
}

function destinationOf(entry: InboxEntry): Destination {
  const { id, room, subjectKind, subjectId } = entry
  return { kind: 'inbox-entry', id, room, subjectKind, subjectId }
}
