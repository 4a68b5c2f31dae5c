import { type InboxEntry, inboxContract } from '@xiewen/shared/base'
import { Input } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { call, isCallError, usePages, useQuery } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Answer, EmptyState, Page, RefusalNotice, tellDone } from '../../../platform/kit/index.ts'
import { type Action, heldDuties, Link, navigate, type PageProps, usePageActions, type WantedAct, useSession, withAct } from '../../../platform/rooms/index.ts'
import { Component as HomePage } from '../home-page.tsx'
import { isAdministrator } from '../menu-model.ts'
import { rooms } from '../rooms.ts'
import { BatchBar } from './batch-bar.tsx'
import { batchActOf, isPickable, pickedEntries, togglePick } from './batch-model.ts'
import { chooseEntry, type InboxTab, parseTab, pathOfEntry, questionOf } from './inbox-model.ts'
import { InboxPreview } from './inbox-preview.tsx'
import { InboxTable } from './inbox-table.tsx'
import { useWide } from './use-wide.ts'

/** 待办, 待阅, 已办: one list each, with a preview beside it where there is room. */
export function Component({ params, query }: PageProps) {
  const tab = parseTab(params['tab'])
  // Administrators (三员) have no inbox: whoever follows an old address there is led to their own first page.
  if (isAdministrator({ duties: heldDuties(useSession()) })) return <HomePage />
  return <InboxList key={tab} tab={tab} text={query.get('text') ?? ''} shown={query.get('entry') ?? query.get('task')} />
}

interface InboxListProps {
  readonly tab: InboxTab
  readonly text: string
  /** Entry or task a notification points at: chosen in the list, not opened. */
  readonly shown: string | null
}

function InboxList({ tab, text, shown }: InboxListProps) {
  const { t } = useWords()
  const question = useMemo(() => questionOf(tab, text), [tab, text])
  const pages = usePages(inboxContract.list, question, { refreshOn: ['inbox'] })
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const batch = useBatch(tab, pages.rows)
  const wide = useWide()
  const selected = chooseEntry(pages.rows, selectedId ?? shown) ?? (wide ? pages.rows[0] : undefined) ?? null
  const open = useCallback(
    (entry: InboxEntry, act?: WantedAct) => {
      if (entry.kind === 'to-read') void markRead(entry)
      const path = pathOfEntry(rooms, entry)
      if (path === null) tellDone(t('shell.inbox.no-page'))
      else navigate(act === undefined ? path : withAct(path, act))
    },
    [t],
  )
  useInboxKeys({ rows: pages.rows, selected, select: setSelectedId, open, mayReturn: tab === 'todo' })
  useBatchKeys(batch, selected, open)
  return (
    <Page title={t(`shell.menu.${tab}`)} flush actions={<InboxSearch tab={tab} text={text} />}>
      <Answer of={pages.first}>
        {() => (
          <div className={pages.rows.length > 0 && wide ? 'inbox split' : 'inbox'}>
            <InboxTable
              tab={tab}
              entries={pages.rows}
              selectedId={selected?.id ?? null}
              onSelect={(entry) => (wide && entry.id !== selected?.id ? setSelectedId(entry.id) : open(entry))}
              onOpen={(entry) => open(entry)}
              picked={batch.picked}
              onPick={batch.pick}
              empty={<InboxEmpty tab={tab} text={text} />}
              onMore={pages.loadMore}
              loadingMore={pages.loadingMore}
            />
            {wide && selected !== null ? <InboxPreview entry={selected} onOpen={() => open(selected)} /> : null}
          </div>
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
      {batch.act === null ? null : <BatchBar act={batch.act} entries={batch.entries} reviewing={batch.reviewing} onReview={batch.review} onClear={batch.clear} />}
    </Page>
  )
}

interface Batch {
  readonly act: ReturnType<typeof batchActOf>
  readonly picked: ReadonlySet<string>
  readonly entries: readonly InboxEntry[]
  readonly reviewing: boolean
  /** Picks or unpicks an entry; false when it may not be one of many. */
  readonly pick: (entry: InboxEntry) => boolean
  readonly pickAll: () => void
  readonly clear: () => void
  readonly review: (reviewing: boolean) => void
}

/** What is picked for one act over many, and whether it is being reviewed. */
function useBatch(tab: InboxTab, rows: readonly InboxEntry[]): Batch {
  const act = batchActOf(tab)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [reviewing, review] = useState(false)
  const mayPick = (entry: InboxEntry) => act !== null && isPickable(act, entry)
  return {
    act,
    picked,
    entries: pickedEntries(rows, picked),
    reviewing,
    review,
    pick: (entry) => {
      if (!mayPick(entry)) return false
      setPicked((before) => togglePick(before, entry.id))
      return true
    },
    pickAll: () => setPicked(new Set(rows.filter(mayPick).slice(0, 50).map((entry) => entry.id))),
    clear: () => setPicked(new Set()),
  }
}

/** X picks, * A picks all, A acts: on the picks, else on the chosen entry, which opens where it cannot be one of many. */
function useBatchKeys(batch: Batch, selected: InboxEntry | null, open: (entry: InboxEntry) => void): void {
  const groupKey = 'shell.actions.list'
  const act = (id: string, labelKey: string, shortcut: string, run: () => void): Action => ({ id, labelKey, shortcut, run, groupKey, hidden: true })
  usePageActions(
    batch.act === null
      ? []
      : [
          act('inbox.pick', 'shell.inbox.pick', 'x', () => selected !== null && batch.pick(selected)),
          act('inbox.pick-all', 'shell.inbox.pick-all', '* a', batch.pickAll),
          act('inbox.batch', 'shell.inbox.batch', 'a', () => {
            if (batch.entries.length === 0 && selected !== null && !batch.pick(selected)) open(selected)
            else if (batch.entries.length > 0 || selected !== null) batch.review(true)
          }),
        ],
  )
}

function InboxSearch({ tab, text }: { readonly tab: InboxTab; readonly text: string }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  const search = (value: string) => navigate(value === '' ? pathOf(tab) : `${pathOf(tab)}?text=${encodeURIComponent(value)}`)
  return (
    <search>
      <Input.Search allowClear aria-label={t('shell.inbox.search')} placeholder={t('shell.inbox.search')} value={typed} onChange={(event) => setTyped(event.target.value)} onSearch={search} />
    </search>
  )
}

function InboxEmpty({ tab, text }: { readonly tab: InboxTab; readonly text: string }) {
  const { t } = useWords()
  const counts = useQuery(inboxContract.counts, {}, { refreshOn: ['inbox'] })
  const toRead = counts.kind === 'ready' ? counts.data.toRead : 0
  if (text !== '') return <EmptyState title={t('shell.inbox.none-found', { text })} action={<Link to={pathOf(tab)}>{t('shell.inbox.show-all')}</Link>} />
  if (tab === 'todo' && toRead > 0) {
    return <EmptyState title={t('shell.inbox.todo-done')} action={<Link to="/inbox/to-read">{t('shell.inbox.see-to-read', { count: toRead })}</Link>} />
  }
  return <EmptyState title={t(`shell.inbox.empty.${tab}`)} hint={t(`shell.inbox.empty-hint.${tab}`)} />
}

interface InboxKeys {
  readonly rows: readonly InboxEntry[]
  readonly selected: InboxEntry | null
  readonly select: (id: string) => void
  readonly open: (entry: InboxEntry, act?: WantedAct) => void
  /** Whether entries of this list wait for an act that can be a return. */
  readonly mayReturn: boolean
}

/** J and K choose, Enter opens, R opens with 退回 ready, S searches. */
function useInboxKeys({ rows, selected, select, open, mayReturn }: InboxKeys): void {
  const actions = useMemo(() => {
    const groupKey = 'shell.actions.list'
    const step = (by: number) => {
      const index = rows.findIndex((entry) => entry.id === selected?.id)
      const next = rows[Math.min(rows.length - 1, Math.max(0, index + by))]
      if (next !== undefined) select(next.id)
    }
    const act = (id: string, labelKey: string, shortcut: string, run: () => void): Action => ({ id, labelKey, shortcut, run, groupKey, hidden: true })
    return [
      act('inbox.next', 'shell.inbox.next', 'j', () => step(1)),
      act('inbox.previous', 'shell.inbox.previous', 'k', () => step(-1)),
      act('inbox.open', 'shell.inbox.open', 'Enter', () => selected !== null && open(selected)),
      ...(mayReturn ? [act('inbox.return', 'shell.inbox.return', 'r', () => selected !== null && open(selected, 'return'))] : []),
      act('inbox.search', 'shell.inbox.search', 's', () => document.querySelector<HTMLElement>('search input')?.focus()),
    ]
  }, [rows, selected, select, open, mayReturn])
  usePageActions(actions)
}

async function markRead(entry: InboxEntry): Promise<void> {
  if (entry.readAt !== null) return
  try {
    await call(inboxContract.markRead, { id: entry.id })
  } catch (problem) {
    // The page that opens records reading as well; a lost mark only leaves the entry in the list.
    if (!isCallError(problem)) throw problem
  }
}

function pathOf(tab: InboxTab): string {
  return tab === 'todo' ? '/inbox' : `/inbox/${tab}`
}
