/** `keys rotate`: a new key-encrypting key for the installation's keys. */
import { join } from 'node:path'
import { readConfig } from '../../platform/config/config.ts'
import { rotateKeyEncryptingKey } from '../../platform/keys/file-key-store.ts'
import { type KekKind, kekSourcesFrom } from '../../platform/keys/key-encrypting-key.ts'
import { type RunCommand, exitCodes, UsageError } from './command.ts'

const kinds: readonly string[] = ['file', 'passphrase', 'system'] satisfies readonly KekKind[]
const isKind = (word: string): word is KekKind => kinds.includes(word)

/** `keys rotate`. */
export const runKeysRotate: RunCommand = async (args, terminal) => {
  const kind = args.flag('kind') ?? 'file'
  if (!isKind(kind)) throw new UsageError(`--kind 只能是 file、passphrase 或 system is file, passphrase or system, not ${kind}`)
  const sources = kekSourcesFrom(process.env)
  const next = kekSourcesFrom({ ...process.env, XIEWEN_KEY_PASSPHRASE_FILE: process.env['XIEWEN_NEW_KEY_PASSPHRASE_FILE'] })
  const kek = await rotateKeyEncryptingKey(join(readConfig(args.all, process.env).dataDir, 'keys'), kind, sources, next)
  if (args.json) terminal.out(JSON.stringify({ kind: kek.kind, id: kek.id }))
  else terminal.out(`密钥加密密钥已更换 rotated: ${kek.kind} ${kek.id}。此前的备份仍需旧密钥 earlier backups still need the old one.`)
  return exitCodes.ok
}
