/** What pages may ask of the shell around them. */
import { createContext, useContext } from 'react'
import type { Display } from '../kit/display.ts'
import type { Locale } from '../i18n/index.ts'

/** A choice of language or display. */
export interface Preference {
  readonly locale?: Locale
  readonly display?: Display
}

/** Doors of the shell. */
export interface ShellDoors {
  /** Puts a language or display on screen and keeps it for the person. */
  readonly choose: (preference: Preference) => void
  /** Asks again who is signed in: after a change of password, posts or delegations. */
  readonly renewSession: () => Promise<void>
}

/** Carries the doors to the pages; the shell provides them. */
export const ShellContext = createContext<ShellDoors | null>(null)

/** The shell's doors. Throws outside of the shell. */
export function useShell(): ShellDoors {
  const doors = useContext(ShellContext)
  if (doors === null) throw new Error('useShell outside of the shell')
  return doors
}
