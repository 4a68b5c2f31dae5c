/** A refusal in words, for papers that leave the product. */
import { baseEn, baseZh } from '@xiewen/shared/base'
import { sealsEn, sealsZh } from '@xiewen/shared/seals'
import type { RegisterLocale } from '../register/words.ts'

/** The words of a refusal, its gaps filled; the bare code where a language lacks it. */
export function presentReason(refusal: { readonly code: string; readonly params: Readonly<Record<string, string | number>> }, locale: RegisterLocale): string {
  const words: Readonly<Record<string, string>> = locale === 'en' ? { ...baseEn, ...sealsEn } : { ...baseZh, ...sealsZh }
  return (words[refusal.code] ?? refusal.code).replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(refusal.params[name] ?? gap))
}
