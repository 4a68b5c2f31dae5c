/** What went wrong, in the caller's words: what, why, what next. The system's own wording is kept for faults nobody foresaw. */
import { ConfigError } from '../../platform/config/config.ts'
import { Fault } from '../../platform/log/fault.ts'
import { InputError, UsageError } from './command.ts'

/** Whose doing a failure is: `usage` shows how to call, `input` names what cannot be used, `fault` is neither. */
export interface Failure {
  readonly kind: 'usage' | 'input' | 'fault'
  readonly text: string
}

/** Codes of the operating system, in words; `{path}` is the file. */
const systemWords: Readonly<Record<string, string>> = {
  ENOENT: '{path}：没有这个文件或目录 no such file or directory',
  EISDIR: '{path}：是目录，不是文件 is a directory, a file is needed',
  EEXIST: '{path}：已有同名文件，这里需要目录 there is a file of this name, a directory is needed',
  ENOTDIR: '{path}：不是目录 is not a directory',
  EACCES: '{path}：没有权限，请换有权限的账户或位置 permission denied',
  EPERM: '{path}：没有权限，请换有权限的账户或位置 permission denied',
  ELOOP: '{path}：链接绕成了圈 the links go in a circle',
  ENAMETOOLONG: '{path}：文件名过长 the name is too long',
  EROFS: '{path}：所在的盘只读 the file system is read-only',
  ENOSPC: '{path}：磁盘已满，请腾出空间后再试 the disk is full, make room and try again',
  EADDRINUSE: '端口已被占用，请停掉占用它的程序，或用 --port 换一个 the port is in use: stop whatever has it or choose another with --port',
  EADDRNOTAVAIL: '本机没有这个地址，请检查 --host this machine has no such address, check --host',
}
/** Codes that are the caller's to put right: another file, another place. */
const inputCodes: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EEXIST'])
const databaseWords: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: '数据库文件不是 SQLite 数据库，请检查 --data，或用备份恢复 the database file is no SQLite database: check --data or restore a backup',
  SQLITE_CORRUPT: '数据库文件已损坏，请用备份恢复 the database file is damaged: restore a backup',
  SQLITE_CANTOPEN: '数据库文件打不开，请检查 --data 及其权限 the database file cannot be opened: check --data and its permissions',
  SQLITE_READONLY: '数据库文件不能写，请检查权限 the database file cannot be written: check its permissions',
}

/** Reads an error as a failure of the command line. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError || error instanceof ConfigError) return { kind: 'usage', text: error.message }
  if (error instanceof InputError) return { kind: 'input', text: error.message }
  const { code, path } = systemFacts(error)
  const words = systemWords[code]
  if (words !== undefined) return { kind: inputCodes.has(code) ? 'input' : 'fault', text: words.replace('{path}', path) }
  const stored = databaseWords[code]
  return { kind: 'fault', text: stored ?? (error instanceof Error ? error.message : String(error)) }
}

/** What the system says of a file that is to be read, in words; null when it says nothing known. */
export function wordsOfSystem(error: unknown, file: string): string | null {
  return systemWords[systemFacts(error).code]?.replace('{path}', file) ?? null
}

/** The code an error carries, its own or that of its cause. */
function systemFacts(error: unknown): { readonly code: string; readonly path: string } {
  if (!(error instanceof Error)) return { code: '', path: '' }
  if (error instanceof Fault && error.cause instanceof Error) return systemFacts(error.cause)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '文件 file'
  return { code, path }
}
