/** All words in Chinese: each room's `strings.zh-CN.ts` exports one object of words. Found by pattern, so that no room can
 * be forgotten; the pattern is read at build time, and the words become one file, loaded when this language is chosen. */
import type { Words } from '../../platform/i18n/index.ts'

const modules = import.meta.glob<Readonly<Record<string, Words>>>(
  ['../../**/strings.zh-CN.ts', '../../../../shared/src/**/strings.zh-CN.ts'],
  { eager: true },
)

/** Words by key. */
export const words: Words = Object.assign({}, ...Object.values(modules).flatMap((module) => Object.values(module)))
