/** Words of the checker: for each rule its name and its remark. Placeholders: {text} what stands there, {fix} what it should be,
 * {clause} the authority. */
import { closingZh } from './words/closing.zh-CN.ts'
import { headingZh } from './words/heading.zh-CN.ts'
import { marksZh } from './words/marks.zh-CN.ts'
import { textZh } from './words/text.zh-CN.ts'

/** Words of the checker. */
export const lintZh = {
  'documents.lint.level.law': '法规',
  'documents.lint.level.regulation': '条例',
  'documents.lint.level.national-standard': '国标',
  'documents.lint.level.standard': '标准',
  'documents.lint.level.practice': '实务',
  'documents.lint.level.unit': '本单位',
  'documents.lint.severity.error': '错误',
  'documents.lint.severity.warning': '警告',
  'documents.lint.severity.hint': '提示',
  ...headingZh,
  ...textZh,
  ...marksZh,
  ...closingZh,
} as const
