/** What a room gives the shell: pages, menu entries and actions. */
import type { Duty, InboxEntry, inboxContract, OutputOf } from '@xiewen/shared/base'
import type { ComponentType } from 'react'

/** Numbers beside the menu entries, as the inbox answers them. */
export type Counts = OutputOf<typeof inboxContract.counts>

/** What every page receives: the parts of its path (`/documents/:documentId`) and the query string. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** One page of a room, loaded when first visited. Parts of the path that begin with `:` are handed to the page. */
export interface RoomRoute {
  readonly path: string
  readonly load: () => Promise<{ readonly Component: ComponentType<PageProps> }>
  /** Shown to people who have not signed in as well; the page asks for no session. */
  readonly isPublic?: boolean
}

/** Groups of the left menu, in the order the shell shows them. */
export const menuGroups = ['inbox', 'documents', 'work', 'custody', 'office', 'administration'] as const
/** inbox 待办 待阅 已办 · documents 发文 收文 · work 督办 会议 · custody 印章 档案 · office 通讯录 查询 验章 · administration 管理. */
export type MenuGroup = (typeof menuGroups)[number]

/** One entry of the left menu. */
export interface MenuEntry {
  readonly key: string
  readonly group: MenuGroup
  readonly path: string
  readonly labelKey: string
  /** Place within its group. */
  readonly order: number
  /** Number shown beside it; 0 shows nothing. */
  readonly count?: (counts: Counts) => number
  /** Shown only to holders of one of these duties; to everybody when absent. */
  readonly duties?: readonly Duty[]
  /** Shown to the three administrators as well; entries are for business staff when absent. */
  readonly forAdministrators?: boolean
}

/** What actions may use. */
export interface ActionContext {
  readonly navigate: (path: string) => void
  readonly duties: readonly Duty[]
}

/** One thing the user can do from the menu, the palette or a key. */
export interface Action {
  /** Stable, `<room>.<verb>`. */
  readonly id: string
  readonly labelKey: string
  /** A key or chord: `n`, `?`, `mod+k`, `g d`. Single letters do nothing while text is being typed. */
  readonly shortcut?: string
  /** Group title of the shortcut sheet and the palette. */
  readonly groupKey: string
  /** Left out of the palette, e.g. "next row". */
  readonly hidden?: boolean
  readonly run: () => void
}

/** A short view of an inbox entry beside the list. */
export interface PreviewProps {
  readonly entry: InboxEntry
}

/** Everything a room shows. Exported from `desktop/src/<room>/index.ui.ts` as `<room>Ui`. */
export interface RoomUi {
  readonly name: string
  readonly routes: readonly RoomRoute[]
  readonly menu: readonly MenuEntry[]
  readonly actions: (context: ActionContext) => readonly Action[]
  /** Where an inbox entry this room has put in opens. */
  readonly openEntry?: (entry: InboxEntry) => string
  /** Work that goes on while this person is signed in, whatever page is open; answers how to end it. */
  readonly background?: (personId: string) => () => void
  /** The view shown beside the inbox for the room's entries. */
  readonly loadPreview?: () => Promise<{ readonly Component: ComponentType<PreviewProps> }>
}
