/** The installation a command works on. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../platform/config/config.ts'
import { InputError } from './command.ts'

/** Makes sure there is an installation where the flags point: opening would create an empty one.
 *
 * @throws InputError naming the directory looked in
 */
export async function assertInstallation({ dataDir, database }: Pick<Config, 'dataDir' | 'database'>): Promise<void> {
  if (database.kind !== 'sqlite') return
  const found = await stat(join(dataDir, 'xiewen.db')).catch(() => null)
  if (!found?.isFile()) throw new InputError(`${dataDir}：这里没有协文的数据，请用 --data 指明数据目录 no installation here, name its directory with --data`)
  if (found.size === 0) throw new InputError(`${join(dataDir, 'xiewen.db')}：数据库是空的，初始化没有完成 the database is empty, set-up was not finished`)
}
