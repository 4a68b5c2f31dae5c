/** Where the words of the interface come from. */
import type { Locale, Words } from '../../platform/i18n/index.ts'

/** Loads all words of a language. */
export async function loadWords(locale: Locale): Promise<Words> {
  const module = locale === 'en' ? await import('./words.en.ts') : await import('./words.zh-CN.ts')
  return module.words
}
