/** Whether the server is reached, as the desktop client says. The page's own requests end at the client, which answers from
 * its copy, so the page cannot judge by itself. */
import type { Bridge, LinkState as ShellLink } from '../bridge/index.ts'
import { linkState, setOnline } from './link-state.ts'

/** Takes the client's word for the link, from now until the returned function is called.
 *
 * @param onReturn called when the server answers again
 */
export function followShellLink(shell: Pick<Bridge, 'call' | 'on'>, onReturn: () => void): () => void {
  let following = true
  const take = (link: ShellLink): void => {
    if (!following) return
    const wasOnline = linkState().online
    setOnline(link.kind === 'online', link.kind === 'online' ? null : link.cachedAt)
    if (link.kind === 'online' && !wasOnline) onReturn()
  }
  const stop = shell.on('link', take)
  // A page opened without a server has missed the event that told of it.
  void shell.call('link.describe', {}).then((answer) => {
    if (answer.ok) take(answer.value)
  })
  return () => {
    following = false
    stop()
  }
}
