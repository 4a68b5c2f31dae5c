/** `crypto selftest`: the SM algorithms against their published examples, on this machine. */
import { selfTest } from '@xiewen/crypto'
import { type CliCommand, exitCodes } from './command.ts'

/** `crypto selftest`. */
export const selfTestCommand: CliCommand = {
  name: 'crypto selftest',
  usage: 'crypto selftest [--json]',
  summary: 'Runs the known answers of SM2, SM3 and SM4 and says which core runs. 密码自检。',
  run: async (args, terminal) => {
    const report = selfTest()
    if (args.json) terminal.out(JSON.stringify(report))
    else terminal.out(report.core === 'wasm' ? '核心 core: WebAssembly' : '核心 core: TypeScript（较慢，且运算时间与密钥有关 slower, not constant time）')
    if (!args.json) for (const check of report.checks) terminal.out(`${check.ok ? '✓' : '✗'} ${check.name} ${check.detail}`)
    return report.ok ? exitCodes.ok : exitCodes.found
  },
}
