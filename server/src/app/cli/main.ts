/** `xiewen`: the command line. One table of commands; each prints for people, or JSON with `--json`. */
import { pathToFileURL } from 'node:url'
import { checkCall, type CliCommand, exitCodes, parseArguments, type Terminal } from './command.ts'
import { failureOf } from './failure.ts'
import { version } from '../version.ts'

/** Commands by name. Each is loaded when it is called: a command that lays out a page must not wait for the server's parts. */
const commands: readonly { readonly name: string; readonly load: () => Promise<CliCommand> }[] = [
  { name: 'serve', load: async () => (await import('./serve.ts')).serveCommand },
  { name: 'setup', load: async () => (await import('./serve.ts')).setupCommand },
  { name: 'demo', load: async () => (await import('./serve.ts')).demoCommand },
  { name: 'import', load: async () => (await import('./documents.ts')).importCommand },
  { name: 'typeset', load: async () => (await import('./typeset.ts')).typesetCommand },
  { name: 'lint', load: async () => (await import('./lint.ts')).lintCommand },
  { name: 'verify', load: async () => (await import('./verify.ts')).verifyCommand },
  { name: 'seal inspect', load: async () => (await import('./seal-inspect.ts')).sealInspectCommand },
  { name: 'seal verify', load: async () => (await import('./verify.ts')).sealVerifyCommand },
  { name: 'envelope encrypt', load: async () => (await import('./envelope.ts')).envelopeEncryptCommand },
  { name: 'envelope decrypt', load: async () => (await import('./envelope.ts')).envelopeDecryptCommand },
  { name: 'crypto selftest', load: async () => (await import('./self-test.ts')).selfTestCommand },
  { name: 'audit verify', load: async () => (await import('./audit-verify.ts')).auditVerifyCommand },
  { name: 'keys rotate', load: async () => (await import('./keys-rotate.ts')).keysRotateCommand },
  { name: 'backup', load: async () => (await import('./backup.ts')).backupCommand },
  { name: 'restore', load: async () => (await import('./backup.ts')).restoreCommand },
  { name: 'doc inspect', load: async () => (await import('./stored-documents.ts')).docInspectCommand },
  { name: 'doc verify', load: async () => (await import('./stored-documents.ts')).docVerifyCommand },
  { name: 'doc compact', load: async () => (await import('./stored-documents.ts')).docCompactCommand },
  { name: 'doc export', load: async () => (await import('./stored-documents.ts')).docExportCommand },
  { name: 'doctor', load: async () => (await import('./doctor.ts')).doctorCommand },
]

/** Runs one command line.
 *
 * @param argv what follows `xiewen`
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  if (argv[0] === '--version') {
    terminal.out(version)
    return exitCodes.ok
  }
  const found = commands.toSorted((a, b) => b.name.length - a.name.length).find((candidate) => matches(candidate.name, argv))
  if (!found) {
    const isHelp = argv.length === 0 || argv[0] === 'help' || argv[0] === '--help'
    if (!isHelp) terminal.err(`没有这个命令 no such command: ${argv.slice(0, 2).join(' ')}\n`)
    terminal.err(await helpText())
    return isHelp ? exitCodes.ok : exitCodes.usage
  }
  const command = await found.load()
  try {
    const args = parseArguments(argv.slice(command.name.split(' ').length))
    if (args.flag('help') === 'true') {
      terminal.err(`用法 usage: xiewen ${command.usage}\n${command.summary}`)
      return exitCodes.ok
    }
    checkCall(command, args)
    return await command.run(args, terminal)
  } catch (error) {
    const { kind, text } = failureOf(error)
    terminal.err(kind === 'usage' ? `${text}\n用法 usage: xiewen ${command.usage}` : kind === 'input' ? text : `xiewen ${command.name}: ${text}`)
    return kind === 'fault' ? exitCodes.failed : exitCodes.usage
  }
}

function matches(name: string, argv: readonly string[]): boolean {
  return name.split(' ').every((word, index) => argv[index] === word)
}

async function helpText(): Promise<string> {
  const loaded = await Promise.all(commands.map(({ load }) => load()))
  const rows = loaded.map((command) => `  xiewen ${command.usage}\n      ${command.summary}`)
  return `协文 Xiewen ${version}\n\n${rows.join('\n')}\n\n退出码 exit codes: 0 ok, 1 found something, 2 wrong call or input, 3 failed`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const terminal: Terminal = { out: (text) => process.stdout.write(`${text}\n`), err: (text) => process.stderr.write(`${text}\n`) }
  process.exitCode = await runCli(process.argv.slice(2), terminal)
}
