/** What every CLI command looks like, and its exit codes. */

/** Exit codes, documented in the README: scripts depend on them. */
export const exitCodes = {
  /** Done; for checks: everything is in order. */
  ok: 0,
  /** The check found something: an invalid signature, an error in a document, a damaged ledger. */
  found: 1,
  /** The command was called wrongly, or given a file that cannot be read or used. */
  usage: 2,
  /** Something failed that is not the caller's doing: the disk is full, the database is damaged. */
  failed: 3,
} as const

/** Where a command writes. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
}

/** What a command does; answers with the exit code. */
export type RunCommand = (args: CliArguments, terminal: Terminal) => Promise<number>

/** One command. */
export interface CliCommand {
  readonly name: string
  readonly usage: string
  readonly summary: string
  /** Flags the program gives itself, not shown. */
  readonly hidden?: readonly string[]
  readonly load: () => Promise<RunCommand>
}

/** Parsed arguments: words in order, and flags. */
export interface CliArguments {
  readonly words: readonly string[]
  readonly json: boolean
  readonly all: readonly string[]
  /** Names of the flags given. */
  readonly flags: readonly string[]
  /** The last value given. */
  flag(name: string): string | undefined
  /** Every value given, in order. */
  every(name: string): readonly string[]
}

/** A wrong call; the message says what was expected. */
export class UsageError extends Error {}

/** A file that cannot be read as what the command needs; the message says why. */
export class InputError extends Error {}

const valueFlags = new Set(['port', 'host', 'data', 'database', 'public-url', 'office-name', 'metrics-token', 'pdf', 'ofd', 'svg', 'format', 'meta', 'trust', 'ledger-key', 'document', 'out', 'kind', 'fix', 'to', 'key', 'cert', 'password-file', 'crl'])

/** Flags of the configuration: every command that takes `--data` takes them. */
const configFlags = ['port', 'host', 'data', 'database', 'public-url', 'office-name', 'metrics-token'] as const

/** What a command may be called with, read from its own usage line, so that the line cannot lie.
 *
 * @throws UsageError for an unknown flag, a flag without its value, and words nobody reads
 */
export function checkCall(command: Pick<CliCommand, 'name' | 'usage' | 'hidden'>, args: CliArguments): void {
  const own = [...command.usage.matchAll(/--([a-z-]+)/g)].map((match) => match[1] ?? '')
  const known = new Set([...own, ...(own.includes('data') ? configFlags : []), ...(command.hidden ?? [])])
  for (const flag of args.flags) if (!known.has(flag)) throw new UsageError(`不认识的选项 unknown option: --${flag}`)
  const places = command.usage.slice(command.name.length).split(/ \[?--/)[0]?.trim().split(/\s+/).filter((word) => word !== '') ?? []
  // `--json LAYOUT` of typeset: the file behind a flag that elsewhere stands alone.
  const most = places.length + (/--json [A-Z]/.test(command.usage) && args.json ? 1 : 0)
  const extra = args.words[most]
  if (extra !== undefined) throw new UsageError(`多余的参数 one argument too many: ${extra}`)
}

/** Splits the command line: `--flag value`, `--flag=value`, `--json`, words.
 *
 * @throws UsageError when a flag that needs a value has none
 */
export function parseArguments(argv: readonly string[]): CliArguments {
  const words: string[] = []
  const flags = new Map<string, readonly string[]>()
  const give = (name: string, value: string): void => void flags.set(name, [...(flags.get(name) ?? []), value])
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? ''
    // The one short flag: everybody's fingers know it.
    if (word === '-o') {
      give('out', valueAfter(argv, ++i, 'out'))
      continue
    }
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s)
    if (inline !== undefined) give(name, inline)
    else if (valueFlags.has(name)) give(name, valueAfter(argv, ++i, name))
    else give(name, 'true')
  }
  return { words, json: flags.has('json'), all: argv, flags: [...flags.keys()], flag: (name) => flags.get(name)?.at(-1), every: (name) => flags.get(name) ?? [] }
}

function valueAfter(argv: readonly string[], at: number, name: string): string {
  const value = argv[at]
  if (value === undefined || value === '' || value.startsWith('--')) throw new UsageError(`--${name} 后面要写值 needs a value`)
  return value
}
