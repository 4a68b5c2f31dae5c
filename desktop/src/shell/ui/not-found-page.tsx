import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState, Page } from '../../platform/kit/index.ts'
import { Link } from '../../platform/rooms/index.ts'

/** No page at this address. */
export function NotFoundPage() {
  const { t } = useWords()
  return (
    <Page title={t('shell.not-found.title')}>
      <EmptyState title={t('shell.not-found.what')} hint={t('shell.not-found.hint')} action={<Link to="/">{t('shell.not-found.home')}</Link>} />
    </Page>
  )
}
