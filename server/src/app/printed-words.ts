/** Words that the server prints on official pages itself: always Chinese, whatever language a reader of the screen has chosen. */
import { documentsZh } from '@xiewen/shared/documents'
import { workflowZh } from '@xiewen/shared/workflow'

const printed = new Map<string, string>(Object.entries({ ...documentsZh, ...workflowZh }))

/** The words of a key, without parameters; the key itself when no room knows it. */
export function printedWords(key: string): string {
  return printed.get(key) ?? key
}
