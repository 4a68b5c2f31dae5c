import type { InboxEntry } from '@xiewen/shared/base'
import { Button } from 'antd'
import { type ComponentType, lazy, Suspense } from 'react'
import { useWords } from '../../../platform/i18n/index.ts'
import { LoadingState, TimeLeft, UrgencyTag } from '../../../platform/kit/index.ts'
import type { PreviewProps, RoomUi } from '../../../platform/rooms/index.ts'
import { ErrorBoundary } from '../error-boundary.tsx'
import { rooms } from '../rooms.ts'

type Loader = NonNullable<RoomUi['loadPreview']>
const loaded = new Map<Loader, ComponentType<PreviewProps>>()

/** The chosen entry beside the list: its facts, and the room's own view of it where it has one. */
export function InboxPreview({ entry, onOpen }: { readonly entry: InboxEntry; readonly onOpen: () => void }) {
  const { t, format } = useWords()
  const load = rooms.find((room) => room.name === entry.room)?.loadPreview
  const Preview = load === undefined ? null : previewOf(load)
  return (
    <aside className="inbox-preview" aria-label={t('shell.inbox.preview')}>
      <h2>{entry.title}</h2>
      <div className="row">
        <UrgencyTag urgency={entry.urgency} />
        <span className="soft">{entry.detail}</span>
      </div>
      <dl className="facts">
        <dt>{t('shell.inbox.column.step')}</dt>
        <dd>{t(entry.step)}</dd>
        <dt>{t('shell.inbox.column.post')}</dt>
        <dd>{entry.postTitle}</dd>
        <dt>{t('shell.inbox.column.from')}</dt>
        <dd>{`${entry.fromName} · ${format.moment(entry.createdAt)}`}</dd>
        {entry.dueAt === null ? null : (
          <>
            <dt>{t('shell.inbox.column.due')}</dt>
            <dd>
              <TimeLeft dueAt={entry.dueAt} doneAt={entry.doneAt} /> <span className="soft small">{format.moment(entry.dueAt)}</span>
            </dd>
          </>
        )}
      </dl>
      <Button type="primary" onClick={onOpen}>
        {t(entry.doneAt === null && entry.kind === 'todo' ? 'shell.inbox.act' : 'shell.inbox.open')}
      </Button>
      {Preview === null ? null : (
        <ErrorBoundary resetKey={entry.id}>
          <Suspense fallback={<LoadingState />}>
            <Preview key={entry.id} entry={entry} />
          </Suspense>
        </ErrorBoundary>
      )}
    </aside>
  )
}

function previewOf(load: Loader): ComponentType<PreviewProps> {
  const known = loaded.get(load)
  if (known !== undefined) return known
  const component = lazy(async () => ({ default: (await load()).Component }))
  loaded.set(load, component)
  return component
}
