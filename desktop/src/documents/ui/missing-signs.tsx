import { nameSign } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** What a layout says of signs no typeface has, and of those another one lends. */
export interface SignsOfPages {
  readonly missing: readonly { readonly text: string }[]
  readonly lent?: readonly { readonly family: string; readonly text: string }[]
}

/** 生僻字: signs the pages show a crossed red box for, by name and code point, and those a stand-in face draws. */
export function SignNotices({ missing, lent = [] }: SignsOfPages) {
  const { t } = useWords()
  const signs = new Set(missing.flatMap(({ text }) => [...text]))
  return (
    <>
      {signs.size === 0 ? null : <Notice kind="error">{t('documents.missing-glyphs', { text: [...signs].slice(0, 10).map(nameSign).join('、') })}</Notice>}
      {lent.map(({ family, text }) => (
        <Notice key={family} kind="info">
          {t('documents.ui.preview.lent', { family, text: [...text].slice(0, 20).join('、') })}
        </Notice>
      ))}
    </>
  )
}
