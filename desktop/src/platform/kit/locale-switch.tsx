import { type Locale, locales, useWords } from '../i18n/index.ts'

const names = { 'zh-CN': '中文', en: 'EN' } as const

/** 中文 · EN. The names stay in their own language, so that everybody finds theirs. */
export function LocaleSwitch({ onChoose }: { readonly onChoose: (choice: { readonly locale: Locale }) => void }) {
  const { t, locale } = useWords()
  return (
    <div className="switch" role="group" aria-label={t('ui.language')}>
      {locales.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === locale} onClick={() => onChoose({ locale: each })}>
          {names[each]}
        </button>
      ))}
    </div>
  )
}
