/** Watches the inbox from the main process, so that the tray counts and reminders come while the window is closed. */
import { inboxContract, pathOf } from '@xiewen/shared/base'
import type { InboxEntry } from '@xiewen/shared/base'
import type { LinkWatch } from './link-state.ts'
import type { ServerLink } from './server-link.ts'
import type { TrayState } from './tray.ts'

/** Between two looks while the server answers. */
export const lookEveryMs = 60_000
/** Between two looks while it does not. */
export const lookAgainMs = 10_000
/** Marks a request nobody made by hand, so that the server need not count it as the person being active. */
export const backgroundHeader = 'x-xiewen-background'

/** What a look finds out. `fresh` are entries that were not there at the look before; the first look has none. */
export interface Look {
  readonly state: TrayState
  readonly fresh: readonly InboxEntry[]
}

/** One look at the inbox.
 *
 * @param known  ids seen so far, or null before the first look; the returned set replaces it
 */
export async function lookAtInbox(
  link: ServerLink,
  known: ReadonlySet<string> | null,
): Promise<{ readonly look: Look; readonly known: ReadonlySet<string> | null }> {
  const answer = await ask(link, pathOf(inboxContract.counts))
  if (answer.status === 401) return { look: { state: { kind: 'not-signed-in' }, fresh: [] }, known: null }
  const counts = inboxContract.counts.output.parse(await bodyOf(answer))
  const list = await ask(link, `${pathOf(inboxContract.list)}?kind=todo&limit=50`)
  const entries = inboxContract.list.output.parse(await bodyOf(list)).rows
  const fresh = known === null ? [] : entries.filter((entry) => !known.has(entry.id))
  return {
    look: { state: { kind: 'counts', todo: counts.todo, toRead: counts.toRead }, fresh },
    known: new Set([...(known ?? []), ...entries.map((entry) => entry.id)]),
  }
}

function ask(link: ServerLink, path: string): Promise<Response> {
  return link.fetch(path, { headers: { accept: 'application/json', [backgroundHeader]: '1' } })
}

/** The JSON of an accepted answer. */
async function bodyOf(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  return answer.json()
}

/** Looks now and then until `stop`. While nobody is at the computer it does not look, so that it never keeps alive a
 * sign-in that should time out. */
export function watchInbox(options: {
  readonly link: ServerLink
  readonly watch: LinkWatch
  readonly isSomeoneThere: () => boolean
  readonly now: () => number
  readonly onLook: (look: Look) => void
  readonly report: (what: string, cause?: unknown) => void
}): { readonly lookNow: () => Promise<void>; readonly stop: () => void } {
  let known: ReadonlySet<string> | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const lookNow = async (): Promise<void> => {
    clearTimeout(timer)
    if (options.isSomeoneThere()) await lookOnce()
    clearTimeout(timer)
    if (!stopped)
      timer = setTimeout(() => void lookNow(), options.watch.current().kind === 'online' ? lookEveryMs : lookAgainMs)
  }
  const lookOnce = async (): Promise<void> => {
    try {
      const seen = await lookAtInbox(options.link, known)
      known = seen.known
      options.watch.answered()
      options.onLook(seen.look)
    } catch (cause) {
      options.report('looking at the inbox failed', cause)
      if (cause instanceof Error && /ERR_/.test(cause.message)) {
        options.watch.failed(options.now(), null)
        options.onLook({ state: { kind: 'offline' }, fresh: [] })
      }
    }
  }
  return {
    lookNow,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
