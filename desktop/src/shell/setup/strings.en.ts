import type { setupZh } from './strings.zh-CN.ts'

/** Words of the address set-up, in English. */
export const setupEn: Readonly<Record<keyof typeof setupZh, string>> = {
  'setup.title': 'Connect to your office’s server',
  'setup.intro': 'To begin, enter the address of your office’s Xiewen server. Your system administrator can tell you.',
  'setup.address': 'Server address',
  'setup.test': 'Test connection',
  'setup.save': 'Save and enter',
  'setup.waiting': 'Connecting, please wait…',
  'setup.found': 'Connected: {origin}',
  'setup.note':
    'The address begins with https://. Changing the server removes offline copies and the sign-in kept on this computer.',
}
