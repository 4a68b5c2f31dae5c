/** Language and display as last used on this computer, for the time before anybody has signed in. */
import { type Locale, locales } from '../../platform/i18n/index.ts'
import { type Display, displays } from '../../platform/kit/index.ts'

const localeKey = 'xiewen.locale'
const displayKey = 'xiewen.display'

/** The language last used here, or the browser's. */
export function rememberedLocale(): Locale {
  const kept = localStorage.getItem(localeKey)
  return locales.find((locale) => locale === kept) ?? (navigator.language.startsWith('en') ? 'en' : 'zh-CN')
}

/** The display last used here. */
export function rememberedDisplay(): Display {
  const kept = localStorage.getItem(displayKey)
  return displays.find((display) => display === kept) ?? 'standard'
}

/** Keeps the choices for next time. */
export function remember(choice: { readonly locale?: Locale; readonly display?: Display }): void {
  if (choice.locale !== undefined) localStorage.setItem(localeKey, choice.locale)
  if (choice.display !== undefined) localStorage.setItem(displayKey, choice.display)
}
