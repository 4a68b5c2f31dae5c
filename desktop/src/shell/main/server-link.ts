/** The link to the office's server. All HTTP goes through one Electron session of its own, held in memory, whose cookie jar
 * no page can reach: a page never holds the sign-in cookie, whatever runs in it. */
import type { Cookie, Session } from 'electron'
import { z } from 'zod'
import type { Vault } from './vault.ts'

/** How to speak to the server. */
export interface ServerLink {
  /** e.g. `https://oa.example.gov.cn` */
  readonly origin: string
  /** Sends a request; rejects with Chromium's error name (`net::ERR_…`) when no answer came. Redirects are errors. */
  fetch(path: string, init: RequestInit): Promise<Response>
  /** Stops following the sign-in, before another link is opened. */
  close(): void
}

const sealedCookies = 'cookies'
const cookieSchema = z.object({
  name: z.string(),
  value: z.string(),
  path: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(['unspecified', 'no_restriction', 'lax', 'strict']),
  expirationDate: z.number(),
})

/** Opens the link and restores the sign-in of the last run where the vault kept it.
 *
 * @param onIdentityChange  called after sign-in, sign-out or renewal: whenever a cookie that pages cannot read changes
 */
export async function openServerLink(options: {
  readonly origin: string
  readonly session: Session
  readonly vault: Vault
  readonly onIdentityChange: () => Promise<void>
  readonly report: (what: string, cause?: unknown) => void
}): Promise<ServerLink> {
  const { origin, session, vault } = options
  await restoreCookies(session, vault, origin)
  let identity = identityOf(await session.cookies.get({ url: origin }))
  const noticeChange = async (): Promise<void> => {
    const cookies = await session.cookies.get({ url: origin })
    const before = identity
    identity = identityOf(cookies)
    if (identity === before) return
    await options.onIdentityChange()
    await vault.put(sealedCookies, JSON.stringify(cookies.filter((cookie) => cookie.expirationDate !== undefined)))
  }
  const onChanged = (): void => {
    noticeChange().catch((cause: unknown) => options.report('keeping the sign-in failed', cause))
  }
  session.cookies.on('changed', onChanged)
  return {
    origin,
    fetch: (path, init) => session.fetch(`${origin}${path}`, { ...init, credentials: 'include', redirect: 'error' }),
    close: () => void session.cookies.off('changed', onChanged),
  }
}

async function restoreCookies(session: Session, vault: Vault, origin: string): Promise<void> {
  const text = await vault.find(sealedCookies)
  if (text === null) return
  for (const cookie of z.array(cookieSchema).parse(JSON.parse(text))) {
    await session.cookies.set({ url: origin, ...cookie })
  }
}

function identityOf(cookies: readonly Cookie[]): string {
  const hidden = cookies.filter((cookie) => cookie.httpOnly === true).map((cookie) => `${cookie.name}=${cookie.value}`)
  return hidden.sort().join('\n')
}
