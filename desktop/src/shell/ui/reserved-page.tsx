import type { Duty } from '@xiewen/shared/base'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState, Page } from '../../platform/kit/index.ts'
import { Link } from '../../platform/rooms/index.ts'

/** A page of the administration that is another person's task. */
export function ReservedPage({ duties }: { readonly duties: readonly Duty[] }) {
  const { t } = useWords()
  const whose = duties.map((duty) => t(`directory.duty.${duty}`)).join(t('ui.list-comma'))
  return (
    <Page title={t('shell.reserved.title')}>
      <EmptyState title={t('shell.reserved.what', { whose })} hint={t('shell.reserved.hint')} action={<Link to="/">{t('shell.not-found.home')}</Link>} />
    </Page>
  )
}
