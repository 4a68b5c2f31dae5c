/** What the palette finds beside commands: things waiting for the caller, documents and people. */
import { type InboxEntry, inboxContract } from '@xiewen/shared/base'
import { directoryContract, type PersonView } from '@xiewen/shared/directory'
import { type DocumentRow, documentsContract, formatDocumentNumber } from '@xiewen/shared/documents'
import { useDeferredValue, useMemo } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { heldDuties, useSession } from '../../platform/rooms/index.ts'
import { pathOfEntry } from './inbox/inbox-model.ts'
import { isAdministrator } from './menu-model.ts'
import { rooms } from './rooms.ts'

/** Something found: its name, a word to tell it from others of that name, and where it opens. */
export interface Find {
  readonly id: string
  readonly label: string
  readonly detail: string
  readonly groupKey: string
  readonly path: string
}

/** How many of a kind are offered. */
const most = 6
/** How many recent ones are at hand for pinyin initials, which the server does not know of documents. */
const recent = 60

/** What fits the words typed. People are found by name and pinyin initials on the server; documents and waiting matters by
 * words there and by pinyin among the recent ones here. Answers come in as they arrive.
 *
 * @returns `near` to be ranked by spelling, `far` as the server found them
 */
export function useFinds(typed: string): { readonly near: readonly Find[]; readonly far: readonly Find[] } {
  const text = useDeferredValue(typed.trim()).slice(0, 60)
  const asks = text !== ''
  const isStaff = !isAdministrator({ duties: heldDuties(useSession()) })
  const waiting = useQuery(inboxContract.list, { done: 'false', limit: recent }, { enabled: isStaff })
  const lately = useQuery(documentsContract.list, { limit: recent }, { enabled: isStaff })
  const documents = useQuery(documentsContract.list, { text, limit: most }, { enabled: isStaff && asks })
  const people = useQuery(directoryContract.listPeople, { text, limit: most }, { enabled: asks })
  return useMemo(() => {
    const near = asks ? [...rowsOf(waiting).flatMap(findOfEntry), ...rowsOf(lately).map(findOfDocument)] : []
    const known = new Set(near.map((find) => find.id))
    const far = asks ? [...rowsOf(people).map(findOfPerson), ...rowsOf(documents).map(findOfDocument)] : []
    return { near, far: far.filter((find) => !known.has(find.id) || find.groupKey !== 'shell.palette.documents') }
  }, [asks, waiting, lately, documents, people])
}

function rowsOf<T>(answer: { readonly kind: string; readonly data?: { readonly rows: readonly T[] } }): readonly T[] {
  return answer.kind === 'ready' ? (answer.data?.rows ?? []) : []
}

function findOfEntry(entry: InboxEntry): readonly Find[] {
  const path = pathOfEntry(rooms, entry)
  return path === null ? [] : [{ id: `entry.${entry.id}`, label: entry.title, detail: entry.detail, groupKey: `shell.menu.${entry.kind}`, path }]
}

function findOfDocument(row: DocumentRow): Find {
  const detail = row.number === null ? row.unitName : formatDocumentNumber(row.number)
  return { id: `document.${row.id}`, label: row.title, detail, groupKey: 'shell.palette.documents', path: `/documents/${row.id}` }
}

function findOfPerson(person: PersonView): Find {
  const post = person.posts[0]
  const detail = post === undefined ? '' : `${post.unitName} ${post.title}`
  return { id: `person.${person.id}`, label: person.name, detail, groupKey: 'shell.palette.people', path: `/directory?text=${encodeURIComponent(person.name)}` }
}
