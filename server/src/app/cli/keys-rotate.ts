/** `keys rotate`: a new key-encrypting key for the installation's keys. */
import { join } from 'node:path'
import { readConfig } from '../../platform/config/config.ts'
import { rotateKeyEncryptingKey } from '../../platform/keys/file-key-store.ts'
import { type KekKind, kekSourcesFrom } from '../../platform/keys/key-encrypting-key.ts'
import { type CliCommand, exitCodes, UsageError } from './command.ts'

const kinds: readonly string[] = ['file', 'passphrase', 'system'] satisfies readonly KekKind[]
const isKind = (word: string): word is KekKind => kinds.includes(word)

/** `keys rotate`. */
export const keysRotateCommand: CliCommand = {
  name: 'keys rotate',
  usage: 'keys rotate [--kind file|passphrase|system] [--data DIR] [--json]',
  summary:
    'Wraps the keys under a new key-encrypting key: a file, a passphrase (file named in XIEWEN_NEW_KEY_PASSPHRASE_FILE) or the credential xiewen.kek of systemd. 更换密钥加密密钥。',
  run: async (args, terminal) => {
    const kind = args.flag('kind') ?? 'file'
    if (!isKind(kind)) throw new UsageError(`--kind 只能是 file、passphrase 或 system is file, passphrase or system, not ${kind}`)
    const sources = kekSourcesFrom(process.env)
    const next = kekSourcesFrom({ ...process.env, XIEWEN_KEY_PASSPHRASE_FILE: process.env['XIEWEN_NEW_KEY_PASSPHRASE_FILE'] })
    const kek = await rotateKeyEncryptingKey(join(readConfig(args.all, process.env).dataDir, 'keys'), kind, sources, next)
    if (args.json) terminal.out(JSON.stringify({ kind: kek.kind, id: kek.id }))
    else terminal.out(`密钥加密密钥已更换 rotated: ${kek.kind} ${kek.id}。此前的备份仍需旧密钥 earlier backups still need the old one.`)
    return exitCodes.ok
  },
}
