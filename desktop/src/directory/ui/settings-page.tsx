import { useWords } from '../../platform/i18n/index.ts'
import { Page } from '../../platform/kit/index.ts'

/** 个人设置. */
export function Component() {
  const { t } = useWords()
  return <Page title={t('shell.account.settings')}>{null}</Page>
}
