import { closingEn } from './words/closing.en.ts'
import { headingEn } from './words/heading.en.ts'
import { marksEn } from './words/marks.en.ts'
import { textEn } from './words/text.en.ts'
import type { lintZh } from './strings.zh-CN.ts'

/** Words of the checker, in English. */
export const lintEn: Readonly<Record<keyof typeof lintZh, string>> = {
  'documents.lint.level.law': 'Law',
  'documents.lint.level.regulation': 'Regulation',
  'documents.lint.level.national-standard': 'National standard',
  'documents.lint.level.standard': 'Standard',
  'documents.lint.level.practice': 'Practice',
  'documents.lint.level.unit': 'House rule',
  'documents.lint.severity.error': 'Error',
  'documents.lint.severity.warning': 'Warning',
  'documents.lint.severity.hint': 'Hint',
  ...headingEn,
  ...textEn,
  ...marksEn,
  ...closingEn,
}
