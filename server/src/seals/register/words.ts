/** The register's words in the language it is asked for in. What people wrote, and names, stay as they are. */
import { type registerLocales, sealsEn, sealsRegisterEn, sealsRegisterZh, sealsZh } from '@xiewen/shared/seals'

/** A language of the register. */
export type RegisterLocale = (typeof registerLocales)[number]
/** Looks a word up and fills its gaps. */
export type RegisterWords = (key: keyof typeof sealsRegisterZh, values?: Readonly<Record<string, string | number>>) => string

/** The words of one language. */
export function wordsOf(locale: RegisterLocale): RegisterWords {
  const words = locale === 'en' ? sealsRegisterEn : sealsRegisterZh
  return (key, values = {}) => words[key].replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap))
}

/** The word for an act in the life of a seal (a kind of fact), or null for acts that are no part of it. */
export function wordOfAct(locale: RegisterLocale, factKind: string): string | null {
  const words: Readonly<Record<string, string>> = locale === 'en' ? sealsRegisterEn : sealsRegisterZh
  return words[`seals.register.act.${factKind.slice('seals.'.length)}`] ?? null
}

/** 种类 and 状态 in words. */
export function wordOfValue(locale: RegisterLocale, kind: 'kind' | 'state', value: string): string {
  const words: Readonly<Record<string, string>> = locale === 'en' ? sealsEn : sealsZh
  return words[`seals.${kind}.${value}`] ?? value
}
