import { useWords } from '../../platform/i18n/index.ts'
import type { SyncState } from '../../platform/sync/index.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { useSyncState } from './use-live-document.ts'

/** 已保存 · 正在保存 · 离线 …: only what the server has acknowledged is called saved. */
export function SaveState({ live }: { readonly live: LiveDocument }) {
  const { t } = useWords()
  const state = useSyncState(live)
  return (
    <span className={`save-state ${toneOf(state)}`} role="status" data-save-state={state.kind}>
      {wordsOf(state, t)}
      {state.kind === 'sign-in-needed' || state.kind === 'offline' ? (
        <button type="button" className="plain" onClick={() => live.session.reconnect()}>
          {t('ui.retry')}
        </button>
      ) : null}
    </span>
  )
}

function wordsOf(state: SyncState, t: (key: string, params?: Readonly<Record<string, string | number>>) => string): string {
  switch (state.kind) {
    case 'saved':
      return t('documents.ui.save.saved')
    case 'saving':
      return t('documents.ui.save.saving')
    case 'offline':
      return state.pending > 0 ? t('documents.ui.save.offline-pending', { count: state.pending }) : t('documents.ui.save.offline')
    case 'read-only':
      return t('documents.ui.save.read-only')
    case 'sign-in-needed':
      return t('documents.ui.save.sign-in')
    case 'refused':
      return t(`documents.ui.save.refused.${state.reason}`)
  }
}

function toneOf(state: SyncState): string {
  switch (state.kind) {
    case 'saved':
      return 'tone-green'
    case 'saving':
    case 'read-only':
      return 'tone-grey'
    case 'offline':
    case 'sign-in-needed':
      return 'tone-amber'
    case 'refused':
      return 'tone-red'
  }
}
