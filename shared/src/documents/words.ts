/** All words of the documents room in one catalogue per language. */
import { documentsDomainEn } from './strings.en.ts'
import { documentsDomainZh } from './strings.zh-CN.ts'
import { lintEn } from './lint/strings.en.ts'
import { lintZh } from './lint/strings.zh-CN.ts'
import { templatesEn } from './templates/strings.en.ts'
import { templatesZh } from './templates/strings.zh-CN.ts'
import { importEn } from './text/strings.en.ts'
import { importZh } from './text/strings.zh-CN.ts'

/** Words in Chinese. */
export const documentsZh = { ...documentsDomainZh, ...templatesZh, ...importZh, ...lintZh } as const
/** Words in English, the same keys. */
export const documentsEn: Readonly<Record<keyof typeof documentsZh, string>> = {
  ...documentsDomainEn,
  ...templatesEn,
  ...importEn,
  ...lintEn,
}
