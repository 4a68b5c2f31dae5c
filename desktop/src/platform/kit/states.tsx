/** What stands where content is missing: loading, empty, failed, refused. Each says what, why, and the next step. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { type CallError, OfflineError, type QueryResult, RefusalError, refusalOf } from '../http/index.ts'
import { useWords } from '../i18n/index.ts'

/** Nothing here: what that means and what to do next. */
export function EmptyState({ title, hint, action }: { readonly title: string; readonly hint?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="state">
      <p className="what">{title}</p>
      {hint === undefined ? null : <div>{hint}</div>}
      {action}
    </div>
  )
}

/** Could not be shown: what, why, and a way to try again; what is not there is not sought again, but left. */
export function ErrorState({ error, onRetry }: { readonly error: CallError; readonly onRetry?: () => void }) {
  const { t } = useWords()
  const { code, params } = refusalOf(error)
  if (error instanceof RefusalError && error.status === 404) {
    return (
      <div role="alert">
        <EmptyState title={t(code, params)} hint={t('ui.state.gone')} action={<Button onClick={() => history.back()}>{t('ui.back')}</Button>} />
      </div>
    )
  }
  return (
    <div className="state" role="alert">
      <p className="what">{t(error instanceof OfflineError ? 'ui.state.offline' : 'ui.state.failed')}</p>
      <p>{t(code, params)}</p>
      {onRetry === undefined ? null : <Button onClick={onRetry}>{t('ui.retry')}</Button>}
    </div>
  )
}

/** The first moments of a page. */
export function LoadingState() {
  const { t } = useWords()
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{t('ui.state.loading')}</span>
      <i style={{ width: '60%' }} />
      <i style={{ width: '90%' }} />
      <i style={{ width: '80%' }} />
      <i style={{ width: '85%' }} />
    </div>
  )
}

/** A refusal beside the button that met it; nothing when there is none. */
export function RefusalNotice({ error }: { readonly error: CallError | null }) {
  const { t } = useWords()
  if (error === null) return null
  const { code, params } = refusalOf(error)
  return (
    <div className="notice error" role="alert">
      {t(code, params)}
    </div>
  )
}

/** A line of advice. */
export function Notice({ kind = 'info', children }: { readonly kind?: 'info' | 'warning' | 'error' | 'success'; readonly children: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      {children}
    </div>
  )
}

/** Shows a query: loading, failed, or its data; a failed reload leaves the old data with a line above it. */
export function Answer<T>({ of, children }: { readonly of: QueryResult<T>; readonly children: (data: T) => ReactNode }) {
  switch (of.kind) {
    case 'loading':
      return <LoadingState />
    case 'failed':
      return <ErrorState error={of.error} onRetry={of.reload} />
    case 'ready':
      return (
        <>
          {of.problem === null ? null : <StaleNotice error={of.problem} onRetry={of.reload} />}
          {children(of.data)}
        </>
      )
  }
}

function StaleNotice({ error, onRetry }: { readonly error: CallError; readonly onRetry: () => void }) {
  const { t } = useWords()
  const { code, params } = refusalOf(error)
  return (
    <div className="notice warning" role="status">
      <span>{t('ui.state.stale', { reason: t(code, params) })}</span>
      <Button size="small" onClick={onRetry}>
        {t('ui.retry')}
      </Button>
    </div>
  )
}
