/** Hands an address to the operating system, after deciding and where needed asking. */
import { dialog, shell } from 'electron'
import { accept, refuse } from '@xiewen/shared/base'
import type { Result } from '@xiewen/shared/base'
import type { ClientDoor } from './client-door.ts'
import { decideExternalLink } from './external-link.ts'

/** Opens an address outside, or refuses with `desktop.link-not-permitted`. The office's own server needs no question. */
export async function openElsewhere(
  url: string,
  client: ClientDoor | null,
): Promise<Result<Readonly<Record<never, never>>>> {
  const office = client?.office ?? null
  const verdict = decideExternalLink(url, office === null ? [] : [new URL(office.serverOrigin).host])
  if (verdict.kind === 'refuse' || client === null) return refuse('desktop.link-not-permitted')
  if (verdict.kind === 'ask' && !(await agrees(verdict.host, client))) return refuse('desktop.link-not-permitted')
  await shell.openExternal(verdict.url)
  return accept({})
}

async function agrees(host: string, client: ClientDoor): Promise<boolean> {
  const { words } = client.parts
  const answer = await dialog.showMessageBox({
    type: 'question',
    message: words('shell.leave-ask'),
    detail: words('shell.leave-detail', { host }),
    buttons: [words('shell.leave-yes'), words('shell.cancel')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return answer.response === 0
}
