/** Refusals the desktop client itself gives. They never travel over HTTP, so they carry no status. */
export const desktopRefusals = [
  'desktop.not-allowed',
  'desktop.invalid-input',
  'desktop.fault',
  'desktop.address-malformed',
  'desktop.address-needs-https',
  'desktop.address-not-office',
  'desktop.address-unreachable',
  'desktop.address-unknown-host',
  'desktop.address-certificate',
  'desktop.address-timeout',
  'desktop.link-not-permitted',
  'desktop.not-in-browser',
  'desktop.no-keyring',
] as const

/** Code of a refusal of the desktop client. */
export type DesktopRefusal = (typeof desktopRefusals)[number]
