import { useSyncExternalStore } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { currentUnsent, onUnsentChange, type OutboxEntry, removeAct, retryAct } from '../../platform/outbox/index.ts'
import { Link } from '../../platform/rooms/index.ts'

/** What this computer holds that the server has not: acts that wait or were refused, and texts of other pages. */
export function UnsentBar() {
  const { t } = useWords()
  const { acts, texts } = useSyncExternalStore(onUnsentChange, currentUnsent)
  if (acts.length === 0 && texts.length === 0) return null
  const isRefused = acts.some(({ standing }) => standing.kind === 'refused') || texts.some((text) => text.refused)
  return (
    <section className={`notice ${isRefused ? 'warning' : 'info'} unsent`} aria-label={t('ui.outbox.title')}>
      <ul>
        {acts.map((entry) => (
          <UnsentAct key={entry.act.number} entry={entry} />
        ))}
        {texts.map(({ documentId, unsaved, refused }) => (
          <li key={documentId} data-unsent-text={documentId}>
            {t(refused ? 'ui.outbox.text-refused' : 'ui.outbox.text', { count: unsaved })} <Link to={`/documents/${documentId}`}>{t('ui.outbox.open')}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function UnsentAct({ entry: { act, standing } }: { readonly entry: OutboxEntry }) {
  const { t, format } = useWords()
  const why = standing.kind === 'refused' ? t('ui.outbox.refused', { why: t(standing.code, standing.params) }) : t(`ui.outbox.${standing.kind}`)
  return (
    <li data-unsent-act={standing.kind}>
      <strong>{act.label}</strong> <span className="soft">{format.moment(act.at)}</span> {why}{' '}
      {standing.kind === 'needs-person' ? (
        <button type="button" className="plain" onClick={() => void retryAct(act.number)}>
          {t('ui.outbox.now')}
        </button>
      ) : null}{' '}
      <button type="button" className="plain" onClick={() => removeAct(act.number)}>
        {t(standing.kind === 'refused' ? 'ui.outbox.put-away' : 'ui.outbox.take-back')}
      </button>{' '}
      {act.documentId === null ? null : <Link to={`/documents/${act.documentId}`}>{t('ui.outbox.open')}</Link>}
    </li>
  )
}
