import { useWords } from '../../platform/i18n/index.ts'
import type { SyncState } from '../../platform/sync/index.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { useSyncState } from './use-live-document.ts'

/** 已保存 · 正在保存 · 离线 …: only what the server has acknowledged is called saved. */
export function SaveState({ live }: { readonly live: LiveDocument }) {
  const { t } = useWords()
  const state = useSyncState(live)
  return (
    <span className={`save-state ${toneOf(state)}`} role="status" data-save-state={state.kind} data-line={live.session.line() ?? ''} title={live.session.line() === 'http' ? t('documents.ui.save.over-http') : undefined}>
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
      return offlineWords(state, t)
    case 'read-only':
      return state.pending > 0 ? t('documents.ui.save.read-only-pending', { count: state.pending }) : t('documents.ui.save.read-only')
    case 'sign-in-needed':
      if (state.pending > 0 && !state.isKept) return t('documents.ui.save.not-kept', { count: state.pending })
      return state.pending > 0 ? t('documents.ui.save.sign-in-pending', { count: state.pending }) : t('documents.ui.save.sign-in')
    case 'refused':
      return t(`documents.ui.save.refused.${state.reason}`)
  }
}

function offlineWords(state: Extract<SyncState, { readonly kind: 'offline' }>, t: (key: string, params?: Readonly<Record<string, string | number>>) => string): string {
  const count = state.pending
  if (count > 0 && !state.isKept) return t('documents.ui.save.not-kept', { count })
  if (state.why === 'server-trouble') return count > 0 ? t('documents.ui.save.trouble-pending', { count }) : t('documents.ui.save.trouble')
  return count > 0 ? t('documents.ui.save.offline-pending', { count }) : t('documents.ui.save.offline')
}

function toneOf(state: SyncState): string {
  // Nowhere but in this window: that is an error.
  if ('isKept' in state && state.pending > 0 && !state.isKept) return 'tone-red'
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
