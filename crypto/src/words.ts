/** Door `@xiewen/crypto/words`: what verdicts, reasons and remarks say to a reader, without the verifier itself. */
export { noteTexts as noteTextsEn, reasonTexts as reasonTextsEn, verdictTexts as verdictTextsEn } from './verify/strings.en.ts'
export { noteTexts as noteTextsZh, reasonTexts as reasonTextsZh, verdictTexts as verdictTextsZh } from './verify/strings.zh-CN.ts'
