import { locales, useWords } from '../../platform/i18n/index.ts'
import { choose } from './preferences.ts'

const names = { 'zh-CN': '中文', en: 'EN' } as const

/** 中文 · EN. The names stay in their own language, so that everybody finds theirs. */
export function LocaleSwitch() {
  const { t, locale } = useWords()
  return (
    <div className="switch" role="group" aria-label={t('shell.language')}>
      {locales.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === locale} onClick={() => void choose({ locale: each })}>
          {names[each]}
        </button>
      ))}
    </div>
  )
}
