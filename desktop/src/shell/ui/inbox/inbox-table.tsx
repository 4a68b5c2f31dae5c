import type { InboxEntry } from '@xiewen/shared/base'
import type { ReactNode } from 'react'
import { type Speech, useWords } from '../../../platform/i18n/index.ts'
import { type Column, DataTable, TimeLeft, UrgencyTag } from '../../../platform/kit/index.ts'
import { type BatchAct, batchActOf, isPickable } from './batch-model.ts'
import type { InboxTab } from './inbox-model.ts'

/** Props of `InboxTable`. */
export interface InboxTableProps {
  readonly tab: InboxTab
  readonly entries: readonly InboxEntry[]
  readonly selectedId: string | null
  readonly onSelect: (entry: InboxEntry) => void
  readonly onOpen: (entry: InboxEntry) => void
  readonly picked: ReadonlySet<string>
  readonly onPick: (entry: InboxEntry) => void
  readonly empty: ReactNode
  readonly onMore: (() => void) | null
  readonly loadingMore: boolean
}

/** One line an entry: urgency, title, number or sender, step with post, from whom, remaining time. */
export function InboxTable(props: InboxTableProps) {
  const speech = useWords()
  return (
    <DataTable
      caption={speech.t(`shell.menu.${props.tab}`)}
      columns={[...pickColumn(props, speech), ...columnsFor(props.tab, speech)]}
      rows={props.entries}
      rowKey={(entry) => entry.id}
      selectedKey={props.selectedId}
      onSelect={props.onSelect}
      onEnter={props.onOpen}
      onSpace={props.onPick}
      empty={props.empty}
      onMore={props.onMore}
      loadingMore={props.loadingMore}
    />
  )
}

/** Boxes for several at once; absent where no entry of the list can be one of many. */
function pickColumn({ tab, entries, picked, onPick }: InboxTableProps, { t }: Speech): readonly Column<InboxEntry>[] {
  const act = batchActOf(tab)
  if (act === null || !entries.some((entry) => isPickable(act, entry))) return []
  return [{ key: 'pick', title: '', role: 'pick', fit: 'tight', render: (entry) => <PickBox act={act} entry={entry} checked={picked.has(entry.id)} onPick={onPick} label={t} /> }]
}

interface PickBoxProps {
  readonly act: BatchAct
  readonly entry: InboxEntry
  readonly checked: boolean
  readonly onPick: (entry: InboxEntry) => void
  readonly label: Speech['t']
}

function PickBox({ act, entry, checked, onPick, label }: PickBoxProps) {
  const isOff = !isPickable(act, entry)
  return (
    <label className="pick-box" title={isOff ? label('shell.inbox.pick-off') : undefined}>
      <input type="checkbox" tabIndex={-1} checked={checked} disabled={isOff} aria-label={label('shell.inbox.pick-one', { title: entry.title })} onChange={() => onPick(entry)} />
    </label>
  )
}

function columnsFor(tab: InboxTab, { t, format }: Speech): readonly Column<InboxEntry>[] {
  const time: Column<InboxEntry> =
    tab === 'done'
      ? { key: 'done', title: t('shell.inbox.column.done'), fit: 'tight', render: (entry) => (entry.doneAt === null ? '' : format.moment(entry.doneAt)) }
      : { key: 'due', title: t('shell.inbox.column.due'), fit: 'tight', render: (entry) => <DueCell entry={entry} /> }
  return [
    { key: 'title', title: t('shell.inbox.column.title'), role: 'main', fit: 'clip', render: (entry) => <TitleCell entry={entry} /> },
    { key: 'detail', title: t('shell.inbox.column.detail'), fit: 'tight', render: (entry) => <span className="soft">{entry.detail}</span> },
    { key: 'step', title: t('shell.inbox.column.step'), fit: 'tight', render: (entry) => t(entry.step) },
    { key: 'post', title: t('shell.inbox.column.post'), fit: 'tight', role: 'wide-only', render: (entry) => <span className="soft">{entry.postTitle}</span> },
    { key: 'from', title: t('shell.inbox.column.from'), fit: 'tight', render: (entry) => entry.fromName },
    time,
  ]
}

function TitleCell({ entry }: { readonly entry: InboxEntry }) {
  const unread = entry.readAt === null && entry.doneAt === null
  return (
    <span className={`inbox-title urgency-${entry.urgency}`} title={entry.title}>
      <UrgencyTag urgency={entry.urgency} /> <span className={unread ? 'strong' : undefined}>{entry.title}</span>
    </span>
  )
}

function DueCell({ entry }: { readonly entry: InboxEntry }) {
  const { t } = useWords()
  if (entry.dueAt !== null) return <TimeLeft dueAt={entry.dueAt} doneAt={entry.doneAt} />
  return <span className="soft">{t('shell.inbox.no-deadline')}</span>
}
