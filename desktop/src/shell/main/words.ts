/** Words in the language of the computer: Chinese unless it is set to another one. */
import { shellEn } from './strings.en.ts'
import { shellZh } from './strings.zh-CN.ts'

/** Gives the words for a key, with `{name}` places filled. */
export type Words = (key: keyof typeof shellZh, params?: Readonly<Record<string, string | number>>) => string

/** The language for a system locale such as `zh-CN`, `zh-Hans-CN` or `en-GB`. */
export function languageOf(locale: string): 'zh-CN' | 'en' {
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Words for a system locale. */
export function wordsFor(locale: string): Words {
  const catalogue = languageOf(locale) === 'zh-CN' ? shellZh : shellEn
  return (key, params = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
