/** What a test sets before a start and reads afterwards: everything of Electron that has no page. */
import type { Browser } from 'playwright-core'
import type { StandinNotification, StandinTray } from './furniture.ts'
import type { StandinWindow } from './browser-window.ts'

/** One recorded call of an API that reaches out of the process. */
export interface RecordedCall {
  readonly api: string
  readonly args: readonly unknown[]
}

/** State of one stand-in. */
export interface StandinControl {
  readonly userData: string
  readonly switches: ReadonlySet<string>
  readonly locale: string
  /** `basic_text` is what Electron falls back to on a Linux without a keyring. */
  readonly storageBackend: 'gnome_libsecret' | 'basic_text'
  readonly browser: Promise<Browser>
  readonly calls: RecordedCall[]
  /** Answers for the next dialogs, in turn; without one a dialog is cancelled. */
  readonly dialogAnswers: number[]
  readonly trays: StandinTray[]
  readonly notifications: StandinNotification[]
  windows: StandinWindow[]
  /** Whether nobody has touched the computer for long. */
  away: boolean
  /** Told when the last cleanup is done. */
  exited: (code: number) => void
}

/** Notes a call for the test to read. */
export function note(control: StandinControl, api: string, ...args: readonly unknown[]): void {
  control.calls.push({ api, args })
}
