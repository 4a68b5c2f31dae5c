/** Who is signed in, for every view below the shell. */
import type { Duty } from '@xiewen/shared/base'
import type { sessionViewSchema } from '@xiewen/shared/directory'
import { createContext, useContext } from 'react'
import type { z } from 'zod'

/** What a signed-in person is told about themselves. */
export type SessionView = z.output<typeof sessionViewSchema>

/** Carries the session to the pages; the shell provides it. */
export const SessionContext = createContext<SessionView | null>(null)

/** The signed-in person. Throws outside of the signed-in shell: a page is never shown without one. */
export function useSession(): SessionView {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession outside of a signed-in page')
  return session
}

/** The duties a person may act with now: of their own posts and of those they are deputy for. */
export function heldDuties(session: Pick<SessionView, 'duties' | 'actingFor'>): readonly Duty[] {
  return [...new Set([...session.duties, ...session.actingFor.flatMap((post) => post.duties)])]
}

/** Whether the person may act with one of the duties. For hiding what is of no use to them; the server decides. */
export function holdsDuty(session: SessionView, ...anyOf: readonly Duty[]): boolean {
  const held = heldDuties(session)
  return anyOf.some((duty) => held.includes(duty))
}
