/** What the left menu shows to whom. Pure. */
import { adminDuties, type Duty } from '@xiewen/shared/base'
import { type Counts, type MenuEntry, type MenuGroup, menuGroups, type RoomUi } from '../../platform/rooms/index.ts'

/** One group with its visible entries. */
export interface MenuSection {
  readonly group: MenuGroup
  readonly entries: readonly MenuEntry[]
}

/** The shell's own entries: the inbox and search. */
export const shellMenu: readonly MenuEntry[] = [
  { key: 'inbox.todo', group: 'inbox', path: '/inbox', labelKey: 'shell.menu.todo', order: 1, count: (counts) => counts.todo },
  { key: 'inbox.to-read', group: 'inbox', path: '/inbox/to-read', labelKey: 'shell.menu.to-read', order: 2, count: (counts) => counts.toRead },
  { key: 'inbox.done', group: 'inbox', path: '/inbox/done', labelKey: 'shell.menu.done', order: 3 },
]

/** Whether a person is one of the three administrators (三员), who see no business. */
export function isAdministrator(holder: { readonly duties: readonly Duty[] }): boolean {
  return holder.duties.some((duty) => adminDuties.some((admin) => admin === duty))
}

/** The menu of a person: groups in the shell's order, entries in theirs, empty groups left out. */
export function presentMenu(rooms: readonly RoomUi[], held: readonly Duty[]): readonly MenuSection[] {
  const administrator = isAdministrator({ duties: held })
  const entries = [...shellMenu, ...rooms.flatMap((room) => room.menu)].filter((entry) => isShown(entry, held, administrator))
  return menuGroups
    .map((group) => ({ group, entries: entries.filter((entry) => entry.group === group).toSorted((a, b) => a.order - b.order) }))
    .filter((section) => section.entries.length > 0)
}

function isShown(entry: MenuEntry, held: readonly Duty[], administrator: boolean): boolean {
  if (entry.duties !== undefined) return entry.duties.some((duty) => held.includes(duty))
  return !administrator || entry.forAdministrators === true
}

/** Whose page of the administration this is, if it is none of the person's own: nobody is shown switches he may not press. Pages of
 * business stay open, for links lead to them and each says what it may not show. Null: open it. */
export function reservedFor(rooms: readonly RoomUi[], held: readonly Duty[], path: string): readonly Duty[] | null {
  const entry = rooms.flatMap((room) => room.menu).find((each) => each.group === 'administration' && each.path === path)
  if (entry?.duties === undefined) return null
  return entry.duties.some((duty) => held.includes(duty)) ? null : entry.duties
}

/** The entry of the page on screen: the one whose path is the longest beginning of the address. */
export function currentEntry(sections: readonly MenuSection[], path: string): MenuEntry | null {
  const fitting = sections.flatMap((section) => section.entries).filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`))
  return fitting.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
}

/** The number beside an entry, or 0. */
export function countOf(entry: MenuEntry, counts: Counts | null): number {
  return counts === null || entry.count === undefined ? 0 : entry.count(counts)
}

/** The first page of a person: the inbox, or an administrator's own task. */
export function homePath(sections: readonly MenuSection[]): string {
  const own = sections.find((section) => section.group === 'inbox') ?? sections.find((section) => section.group === 'administration')
  return own?.entries[0]?.path ?? sections[0]?.entries[0]?.path ?? '/settings'
}
