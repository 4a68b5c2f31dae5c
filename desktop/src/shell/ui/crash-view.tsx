import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'

/** What stands in place of a page that broke. */
export function CrashView({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useWords()
  return (
    <div className="state" role="alert">
      <h1 className="what">{t('shell.crash.title')}</h1>
      <p>{t('shell.crash.hint')}</p>
      <p className="row">
        <Button type="primary" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
        <Button onClick={() => window.location.reload()}>{t('shell.crash.reload')}</Button>
      </p>
      <details>
        <summary>{t('shell.crash.details')}</summary>
        <code className="small">{error.message}</code>
      </details>
    </div>
  )
}
