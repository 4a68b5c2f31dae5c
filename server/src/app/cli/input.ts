/** The door every command reads its document through: plain text, Markdown, HTML, Word or our JSON, within the limits of import. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { documentsZh, largestImportBytes } from '@xiewen/shared/documents'
import { readForCommand, type ReadFile } from '../../documents/import/index.ts'
import { type CliArguments, InputError, UsageError } from './command.ts'
import { wordsOfSystem } from './failure.ts'

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
  const read = await readForCommand({ bytes: await readBytes(file), fileName: basename(file) })
  if (!read.ok) throw new InputError(`${file}：${worded(read.refusal.code, read.refusal.params)}`)
  return { file, ...read.value }
}

/** The bytes of a file that is handed in: never more than may be imported, never from a device that does not end.
 *
 * @throws InputError when there is none, or it cannot be read, or it is too large
 */
export async function readBytes(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(unreadable(file))
  if (found.isDirectory()) throw new InputError(`${file}：是目录，不是文件 is a directory, a file is needed`)
  if (!found.isFile()) throw new InputError(`${file}：不是普通文件 is not a regular file`)
  if (found.size > largestImportBytes) throw new InputError(`${file}：${worded('documents.oversized-file')}`)
  return readFile(file).catch(unreadable(file))
}

/** Reads a JSON file that is handed in beside the document.
 *
 * @throws InputError when it cannot be read, is no UTF-8, or is no JSON
 */
export async function readJson(file: string): Promise<unknown> {
  const bytes = await readBytes(file)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    // The parser's own words name offsets and quote the file; that it is no JSON is what the caller can use.
    throw new InputError(`${file}：不是 UTF-8 编码的 JSON 文件，或内容不完整 is no JSON in UTF-8, or is cut off`)
  }
}

/** Turns what the system says into the caller's words: a file that cannot be read is the caller's to put right. */
function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    const words = wordsOfSystem(error, file)
    throw words === null ? error : new InputError(words)
  }
}
