/** Reads `clean/*.txt`: documents parted by a line of `=====`. The first line may be `[+D14]`: findings that are right there. */
import { readdirSync, readFileSync } from 'node:fs'
import { type LintContext, type OfficialDocument, recogniseText } from '@xiewen/shared/documents'

/** One document without a mistake, except what `also` names. */
export interface Clean {
  readonly name: string
  readonly also: readonly string[]
  readonly document: OfficialDocument
  readonly context: LintContext
}

/** All clean documents of a folder. */
export function readClean(folder: URL): readonly Clean[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split(/^=====\n/m)
        .filter((text) => text.trim() !== '')
        .map((text, index) => cleanOf(`${name} ${index + 1}`, text)),
    )
}

function cleanOf(name: string, text: string): Clean {
  const marked = /^\[([^\]]*)\]\n/.exec(text)
  const also = [...(marked?.[1] ?? '').matchAll(/\+(\w\d\d)/g)].map((match) => match[1] ?? '')
  const { document } = recogniseText(marked ? text.slice(marked[0].length) : text)
  return { name: `${name} ${text.slice(marked?.[0].length ?? 0).split('\n').slice(0, 3).join('/')}`, also, document, context: {} }
}
