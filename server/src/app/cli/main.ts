/** `xiewen`: the command line. One table of commands; each prints for people, or JSON with `--json`. */
import { pathToFileURL } from 'node:url'
import { auditVerifyCommand } from './audit-verify.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { type CliCommand, exitCodes, InputError, parseArguments, type Terminal, UsageError } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand, lintCommand } from './documents.ts'
import { keysRotateCommand } from './keys-rotate.ts'
import { selfTestCommand } from './self-test.ts'
import { typesetCommand } from './typeset.ts'
import { verifyCommand } from './verify.ts'
import { demoCommand, serveCommand, setupCommand } from './serve.ts'
import { version } from '../version.ts'

const commands: readonly CliCommand[] = [
  serveCommand, setupCommand, demoCommand, importCommand, typesetCommand, lintCommand, verifyCommand, selfTestCommand, auditVerifyCommand, keysRotateCommand, backupCommand, restoreCommand, doctorCommand,
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
  const command = commands.toSorted((a, b) => b.name.length - a.name.length).find((candidate) => matches(candidate.name, argv))
  if (!command) {
    terminal.err(helpText())
    return argv.length === 0 || argv[0] === 'help' || argv[0] === '--help' ? exitCodes.ok : exitCodes.usage
  }
  try {
    return await command.run(parseArguments(argv.slice(command.name.split(' ').length)), terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}\n用法 usage: xiewen ${command.usage}`)
      return exitCodes.usage
    }
    if (error instanceof InputError) {
      terminal.err(error.message)
      return exitCodes.usage
    }
    terminal.err(`xiewen ${command.name}: ${error instanceof Error ? error.message : String(error)}`)
    return exitCodes.failed
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
