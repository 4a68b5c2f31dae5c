/** What the parts of the client share: files, vaults, words, and where the built pages lie. */
import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import { openClientFiles } from './settings.ts'
import type { ClientFiles } from './settings.ts'
import { openTextCopies } from './text-copies.ts'
import type { TextCopies } from './text-copies.ts'
import { openVault } from './vault.ts'
import type { Vault } from './vault.ts'
import { wordsFor } from './words.ts'
import type { Words } from './words.ts'

/** What the parts of the client share. */
export interface ClientParts {
  readonly files: ClientFiles
  /** The sign-in of the last run. */
  readonly signInVault: Vault
  /** The offline copy. Apart from the sign-in, because signing out empties it. */
  readonly copyVault: Vault
  /** What was typed and has not reached the server. Neither signing out nor another person's sign-in touches it. */
  readonly textCopies: TextCopies
  readonly words: Words
  /** The built interface. */
  readonly webRoot: string
  /** The built address set-up. */
  readonly setupRoot: string
  readonly iconFile: string
  readonly windowLook: { readonly preloadFile: string; readonly iconFile: string; readonly title: string }
  /** Accepts `http:` to private networks: a trial without certificates, asked for on the command line. */
  readonly allowPlainHttp: boolean
  /** Writes to the log; never document text, only what failed. */
  readonly report: (what: string, cause?: unknown) => void
}

/** Gathers the parts. `builtDirectory` holds `app/`, `web/` and `setup/` as the build leaves them. Call when the app is ready. */
export async function gatherParts(builtDirectory: string): Promise<ClientParts> {
  const data = app.getPath('userData')
  const words = wordsFor(app.getLocale())
  const iconFile = join(builtDirectory, 'app', 'icon.png')
  return {
    files: openClientFiles(data),
    signInVault: await openVault(safeStorage, process.platform, join(data, 'sign-in')),
    copyVault: await openVault(safeStorage, process.platform, join(data, 'offline-copy')),
    textCopies: await openTextCopies(await openVault(safeStorage, process.platform, join(data, 'text-key')), join(data, 'text-copies'), report),
    words,
    webRoot: join(builtDirectory, 'web'),
    setupRoot: join(builtDirectory, 'setup'),
    iconFile,
    windowLook: { preloadFile: join(builtDirectory, 'app', 'preload.cjs'), iconFile, title: words('shell.name') },
    allowPlainHttp: app.commandLine.hasSwitch('allow-plain-http'),
    report,
  }
}

function report(what: string, cause?: unknown): void {
  const reason = cause instanceof Error ? `: ${cause.name} ${cause.message}` : ''
  console.error(`desktop: ${what}${reason}`)
}
