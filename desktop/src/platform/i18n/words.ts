/** The words of the interface in the language in use, and the switch between languages without a reload. */

/** Languages of the interface. */
export const locales = ['zh-CN', 'en'] as const
/** One of `locales`. */
export type Locale = (typeof locales)[number]
/** Words by key; `{name}` marks a placeholder, `{name?one|other}` the word that goes with its number: `{count} {count?page|pages}`. */
export type Words = Readonly<Record<string, string>>
/** Values for placeholders. */
export type WordParams = Readonly<Record<string, string | number>>

interface Catalogue {
  readonly locale: Locale
  readonly words: Words
}

let load: (locale: Locale) => Promise<Words> = async () => ({})
let catalogue: Catalogue = { locale: 'zh-CN', words: {} }
const listeners = new Set<() => void>()

/** Says where words come from; called once by the shell. */
export function setWordLoader(loader: (locale: Locale) => Promise<Words>): void {
  load = loader
}

/** Loads a language and puts it on screen. */
export async function switchLocale(locale: Locale): Promise<void> {
  const words = await load(locale)
  catalogue = { locale, words }
  if (typeof document !== 'undefined') document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

/** The language and words in use; a new object after each switch. */
export function currentCatalogue(): Catalogue {
  return catalogue
}

/** Calls `listener` after each switch of language. */
export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The text of a key with its placeholders filled. A key without words shows itself, so that it is seen and mended;
 * the test of the catalogues keeps that from happening. */
export function translate(words: Words, key: string, params: WordParams = {}): string {
  const text = words[key]
  if (text === undefined) return key
  return text.replace(/\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = params[name]
    if (value === undefined) return whole
    if (one === undefined || other === undefined) return String(value)
    return Number(value) === 1 ? one : other
  })
}
