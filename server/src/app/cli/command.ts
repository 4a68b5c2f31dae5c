/** What every CLI command looks like, and its exit codes. */

/** Exit codes, documented in the README: scripts depend on them. */
export const exitCodes = {
  /** Done; for checks: everything is in order. */
  ok: 0,
  /** The check found something: an invalid signature, an error in a document, a damaged ledger. */
  found: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** Something failed that is not the caller's doing: a file cannot be read, the disk is full. */
  failed: 3,
} as const

/** Where a command writes. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
}

/** One command. `run` answers with the exit code. */
export interface CliCommand {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly run: (args: CliArguments, terminal: Terminal) => Promise<number>
}

/** Parsed arguments: words in order, and flags. */
export interface CliArguments {
  readonly words: readonly string[]
  readonly json: boolean
  readonly all: readonly string[]
  flag(name: string): string | undefined
}

/** A wrong call; the message says what was expected. */
export class UsageError extends Error {}

/** A file that cannot be read as what the command needs; the message says why. */
export class InputError extends Error {}

const valueFlags = new Set(['port', 'host', 'data', 'database', 'public-url', 'office-name', 'metrics-token', 'pdf', 'ofd', 'svg', 'format', 'meta', 'trust', 'out', 'kind', 'fix'])

/** Splits the command line: `--flag value`, `--flag=value`, `--json`, words. */
export function parseArguments(argv: readonly string[]): CliArguments {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? ''
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s)
    if (inline !== undefined) flags.set(name, inline)
    else if (valueFlags.has(name)) flags.set(name, argv[++i] ?? '')
    else flags.set(name, 'true')
  }
  return { words, json: flags.has('json'), all: argv, flag: (name) => flags.get(name) }
}
