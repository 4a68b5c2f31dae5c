import type { Verdict, VerifyNote, VerifyReason } from './report.ts'
import * as english from './strings.en.ts'
import * as chinese from './strings.zh-CN.ts'

/** Languages the verifier speaks. */
export type VerifyLanguage = 'zh-CN' | 'en'

function tableOf(language: VerifyLanguage): typeof chinese {
  return language === 'zh-CN' ? chinese : english
}

/** One sentence for a verdict. */
export function presentVerdict(verdict: Verdict, language: VerifyLanguage): string {
  return tableOf(language).verdictTexts[verdict]
}

/** One sentence for a reason, with its parameters filled in. */
export function presentReason(reason: VerifyReason, language: VerifyLanguage): string {
  const text = tableOf(language).reasonTexts[reason.code]
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(reason.params[name] ?? '—'))
}

/** One sentence for a remark. */
export function presentNote(note: VerifyNote, language: VerifyLanguage): string {
  return tableOf(language).noteTexts[note]
}
