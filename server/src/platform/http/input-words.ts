/** Says what is wrong with an input in the language of whoever sent it. */
import { idPattern, type Refusal } from '@xiewen/shared/base'
import { z } from 'zod'

/** A language the interface speaks. */
export type InputLanguage = 'zh-CN' | 'en'

const speech: Readonly<Record<InputLanguage, { readonly say: z.core.$ZodErrorMap; readonly wrongForm: string }>> = {
  'zh-CN': { say: z.locales.zhCN().localeError, wrongForm: '格式不对' },
  en: { say: z.locales.en().localeError, wrongForm: 'has the wrong form' },
}

/** The language an `Accept-Language` header asks for first; Chinese unless English is asked for. */
export function inputLanguageOf(header: string | undefined): InputLanguage {
  return /^\s*en\b/i.test(header ?? '') ? 'en' : 'zh-CN'
}

/** How zod is to word what it finds: in the language, and without regular expressions, which tell nobody anything. */
export function inputWordsIn(language: InputLanguage): z.core.$ZodErrorMap {
  const { say, wrongForm } = speech[language]
  return (issue) => (issue.code === 'invalid_format' && issue.format === 'regex' ? wrongForm : say(issue))
}

/** Every problem with its full path, so that a form can show them all at once; ten are enough. */
export function problemsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || '·'}: ${issue.message}`)
    .join('; ')
}

/** The refusal of an input that does not fit its contract.
 *
 * A read whose ids are cut or mistyped comes from a broken link, not from a form: it finds nothing.
 */
export function refusalOfInput(error: z.ZodError, reads: boolean): Refusal {
  if (reads && error.issues.every(isBrokenId)) return { code: 'base.not-found' }
  return { code: 'base.invalid-input', params: { detail: problemsOf(error) } }
}

function isBrokenId(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_format' && issue.format === 'regex' && 'pattern' in issue && issue.pattern === String(idPattern)
}
