/** Where a command looks for the office's own faces. */
import { join } from 'node:path'
import { readConfig } from '../../platform/config/config.ts'
import type { CliArguments } from './command.ts'

/** `<data>/fonts` of the data directory the command names. */
export function fontsDirectory(args: CliArguments): string {
  return join(readConfig(args.all, process.env).dataDir, 'fonts')
}
