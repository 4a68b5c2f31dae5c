import type { desktopZh } from './strings.zh-CN.ts'

/** Words of the desktop client itself, in English. */
export const desktopEn: Readonly<Record<keyof typeof desktopZh, string>> = {
  'desktop.not-allowed': 'This page may not use that function.',
  'desktop.invalid-input': 'The request was not well formed: {detail}',
  'desktop.fault': 'This computer could not do that. Try again; if it persists, tell the system administrator.',
  'desktop.address-malformed': 'That is not a server address. Enter one such as https://oa.example.gov.cn.',
  'desktop.address-needs-https':
    'That address is not encrypted. Use one that begins with https://, or ask the system administrator.',
  'desktop.address-not-office': 'Something answered, but it is not a Xiewen server. Check the address and try again.',
  'desktop.address-unreachable': 'The server cannot be reached. Check your network, the address and the port.',
  'desktop.address-unknown-host': 'No such server was found. Check the address for mistakes, and your network.',
  'desktop.address-certificate':
    'The server’s certificate is not trusted, so for safety no connection was made. Ask the system administrator to install your office’s root certificate.',
  'desktop.address-timeout':
    'The server did not answer within {seconds} {seconds?second|seconds}. Try again later or ask the system administrator.',
  'desktop.link-not-permitted': 'That link may not be opened from here.',
  'desktop.no-keyring': 'This computer has no keyring, so changes that have not been uploaded cannot be kept encrypted on it. Ask the system administrator to enable one.',
  'desktop.not-in-browser': 'Only the desktop client can do this.',
}
