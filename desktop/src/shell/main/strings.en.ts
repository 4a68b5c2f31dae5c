import type { shellZh } from './strings.zh-CN.ts'

/** Words of the desktop client's main process, in English. */
export const shellEn: Readonly<Record<keyof typeof shellZh, string>> = {
  'shell.name': 'Xiewen',
  'shell.open': 'Open Xiewen',
  'shell.change-server': 'Change server…',
  'shell.quit': 'Quit',
  'shell.waiting': 'Xiewen · {todo} to do · {toRead} to read',
  'shell.not-signed-in': 'Xiewen · not signed in',
  'shell.offline': 'Xiewen · server not reached',
  'shell.new-entry': 'New task',
  'shell.new-entries': '{count} {count?new task|new tasks}',
  'shell.leave-ask': 'Another program will open this address',
  'shell.leave-detail': '{host}\nThis is not your office’s server. Make sure you trust where the link came from.',
  'shell.leave-yes': 'Open',
  'shell.cancel': 'Cancel',
}
