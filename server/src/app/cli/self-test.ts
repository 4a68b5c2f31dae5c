/** `crypto selftest`: the SM algorithms against their published examples, on this machine. */
import { selfTest } from '@xiewen/crypto'
import { type RunCommand, exitCodes } from './command.ts'

/** `crypto selftest`. */
export const runSelfTest: RunCommand = async (args, terminal) => {
  const report = selfTest()
  if (args.json) terminal.out(JSON.stringify(report))
  else terminal.out(report.core === 'wasm' ? '核心 core: WebAssembly' : '核心 core: TypeScript（较慢，且运算时间与密钥有关 slower, not constant time）')
  if (!args.json) for (const check of report.checks) terminal.out(`${check.ok ? '✓' : '✗'} ${check.name} ${check.detail}`)
  return report.ok ? exitCodes.ok : exitCodes.found
}
