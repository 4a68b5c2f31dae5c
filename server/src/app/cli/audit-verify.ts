/** `audit verify`: the whole ledger checked from outside the server, on its files alone. */
import { join } from 'node:path'
import { readConfig } from '../../platform/config/config.ts'
import { allCheckpoints, auditKeyName, checkpointFileOf } from '../../platform/audit/slice.ts'
import { type LedgerVerdict, verifyLedger } from '../../platform/audit/verify.ts'
import type { Config } from '../../platform/config/config.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { openFileKeyStore } from '../../platform/keys/file-key-store.ts'
import { type RunCommand, exitCodes, InputError } from './command.ts'
import { assertInstallation } from './installation.ts'

/** Verifies the ledger of a data directory (the server may be running or not).
 *
 * @throws InputError when the directory holds no installation
 */
export async function verifyAuditOffline(config: Pick<Config, 'dataDir' | 'database'>): Promise<LedgerVerdict> {
  await assertInstallation(config)
  const database = await openDatabase(config)
  try {
    const keys = await openFileKeyStore(join(config.dataDir, 'keys'))
    const key = await keys.find(auditKeyName)
    if (!key) throw new InputError(`${config.dataDir}：没有审计密钥，数据目录不完整 the audit key is missing, the data directory is not whole`)
    return await database.read(async (db) => verifyLedger(db, await allCheckpoints(db, checkpointFileOf(config)), key.publicKey))
  } finally {
    await database.close()
  }
}

/** `audit verify`. */
export const runAuditVerify: RunCommand = async (args, terminal) => {
  const verdict = await verifyAuditOffline(readConfig(args.all, process.env))
  if (args.json) terminal.out(JSON.stringify(verdict))
  else {
    terminal.out(`${verdict.facts} 条记录 records, ${verdict.checkpoints} 个签名检查点 signed heads, root ${verdict.root}`)
    for (const problem of verdict.problems) terminal.out(`  #${problem.seq} ${problem.code}`)
    terminal.out(verdict.problems.length === 0 ? '完好 WHOLE' : '发现篡改 ALTERED')
  }
  return verdict.problems.length === 0 ? exitCodes.ok : exitCodes.found
}
