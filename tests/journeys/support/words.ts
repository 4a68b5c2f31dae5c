/** Words as the interface shows them: the journey looks for what the catalogues say, so that a reworded button fails no test. */
import { words } from '../../../desktop/src/shell/ui/words.zh-CN.ts'
import { translate, type WordParams } from '../../../desktop/src/platform/i18n/words.ts'

/** The Chinese words of a key. Fails when the catalogues do not know it. */
export function w(key: string, params: WordParams = {}): string {
  if (words[key] === undefined) throw new Error(`no words for ${key}`)
  return translate(words, key, params)
}

/** The words of a key up to its first placeholder, for names that carry what the test need not know. */
export function stem(key: string): string {
  return w(key).split('{')[0] ?? ''
}
