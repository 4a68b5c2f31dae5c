/** The door every command reads its document through: plain text, Markdown, HTML, Word or our JSON, within the limits of import. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { documentsZh, largestImportBytes } from '@xiewen/shared/documents'
import { readForCommand, type ReadFile } from '../../documents/import/index.ts'
import { type CliArguments, InputError, UsageError } from './command.ts'

const words: Readonly<Record<string, string>> = documentsZh

/** A text of the catalogue with its parameters filled in. */
export function worded(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return (words[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Reads the document the first word of a call names.
 *
 * @throws UsageError when none is named, InputError when it cannot be imported
 */
export async function readInput(args: CliArguments): Promise<ReadFile & { readonly file: string }> {
  const file = args.words[0]
  if (file === undefined) throw new UsageError('请写文件名（文本、Markdown、HTML、DOCX 或 JSON） name a file: text, Markdown, HTML, DOCX or JSON')
  const found = await stat(file).catch(() => null)
  if (!found) throw new InputError(`${file}：没有这个文件 no such file`)
  if (!found.isFile()) throw new InputError(`${file}：是目录，不是文件 is a directory, a file is needed`)
  if (found.size > largestImportBytes) throw new InputError(`${file}：${worded('documents.oversized-file')}`)
  const read = await readForCommand({ bytes: await readFile(file), fileName: basename(file) })
  if (!read.ok) throw new InputError(`${file}：${worded(read.refusal.code, read.refusal.params)}`)
  return { file, ...read.value }
}
