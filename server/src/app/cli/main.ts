/** `xiewen`: the command line. One table of commands; each prints for people, or JSON with `--json`. */
import { pathToFileURL } from 'node:url'
import { checkCall, exitCodes, parseArguments, type Terminal } from './command.ts'
import { commands } from './commands.ts'
import { failureOf } from './failure.ts'
import { version } from '../version.ts'

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
  const command = commands.toSorted((a, b) => b.name.length - a.name.length).find((candidate) => matches(candidate.name, argv))
  if (!command) {
    const isHelp = argv.length === 0 || argv[0] === 'help' || argv[0] === '--help'
    if (isHelp) terminal.out(helpText())
    else terminal.err(`没有这个命令 no such command: ${argv.slice(0, 2).join(' ')}\n\n${helpText()}`)
    return isHelp ? exitCodes.ok : exitCodes.usage
  }
  try {
    const args = parseArguments(argv.slice(command.name.split(' ').length))
    if (args.flag('help') === 'true') {
      terminal.out(`用法 usage: xiewen ${command.usage}\n${command.summary}`)
      return exitCodes.ok
    }
    checkCall(command, args)
    return await (await command.load())(args, terminal)
  } catch (error) {
    const { kind, text } = failureOf(error)
    terminal.err(kind === 'usage' ? `${text}\n用法 usage: xiewen ${command.usage}` : kind === 'input' ? text : `xiewen ${command.name}: ${text}`)
    return kind === 'fault' ? exitCodes.failed : exitCodes.usage
  }
}

function matches(name: string, argv: readonly string[]): boolean {
  return name.split(' ').every((word, index) => argv[index] === word)
}

function helpText(): string {
  const rows = commands.map((command) => `  xiewen ${command.usage}\n      ${command.summary}`)
  return `协文 Xiewen ${version}\n\n${rows.join('\n')}\n\n退出码 exit codes: 0 ok, 1 found something, 2 wrong call or input, 3 failed`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const terminal: Terminal = { out: (text) => process.stdout.write(`${text}\n`), err: (text) => process.stderr.write(`${text}\n`) }
  process.exitCode = await runCli(process.argv.slice(2), terminal)
}
