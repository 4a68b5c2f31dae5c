/** Configuration: command-line flags first, then `XIEWEN_*` environment variables, then defaults. */
import { resolve } from 'node:path'

/** Where the records are kept. */
export type DatabaseChoice = { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string }

/** Everything an administrator can set. */
export interface Config {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly dataDir: string
  readonly database: DatabaseChoice
  /** Address people use, e.g. https://oa.example.gov.cn; decides cookies (`__Host-`, Secure) and allowed origins. */
  readonly publicUrl: string | null
  readonly officeName: string
  /** Whoever shows it may read `/metrics`; without one the address does not exist. At least 16 characters. */
  readonly metricsToken?: string
  /** With PostgreSQL: where this process takes links of the others, `host:port`, as they reach it. */
  readonly nodeAddress?: string
  /** Redis or Valkey between several processes; without it they talk through PostgreSQL. */
  readonly redisUrl?: string
}

/** A value that makes no sense; the message names the flag. */
export class ConfigError extends RangeError {}

/** Reads flags (`--port 7080`, `--port=7080`) and the environment.
 *
 * @throws ConfigError when a value makes no sense
 */
export function readConfig(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Config {
  const value = (flag: string, fallback: string): string =>
    flagValue(argv, flag) ?? env[`XIEWEN_${flag.replaceAll('-', '_').toUpperCase()}`] ?? fallback
  const port = Number(value('port', '7080'))
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigError('--port：端口号应为 0 到 65535 的整数 not a port number')
  const url = value('database', '')
  if (url !== '' && !/^postgres(ql)?:\/\//.test(url)) throw new ConfigError('--database：只接受 postgres://… ；用 SQLite 时不写 only postgres://…, leave it out for SQLite')
  const publicUrl = value('public-url', '')
  if (publicUrl !== '' && !/^https?:$/.test(URL.canParse(publicUrl) ? new URL(publicUrl).protocol : '')) throw new ConfigError('--public-url：应为 https://… 的完整网址 a whole address, https://…')
  const metricsToken = value('metrics-token', '')
  if (metricsToken !== '' && metricsToken.length < 16) throw new ConfigError('--metrics-token：至少 16 个字符 at least 16 characters')
  const nodeAddress = value('node-address', '')
  if (nodeAddress !== '' && !/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(nodeAddress)) throw new ConfigError('--node-address：应为 主机:端口 should be host:port')
  const redisUrl = value('redis', '')
  if (redisUrl !== '' && !(URL.canParse(redisUrl) && /^rediss?:$/.test(new URL(redisUrl).protocol))) throw new ConfigError('--redis：应为 redis://… 或 rediss://… should be redis://… or rediss://…')
  if ((nodeAddress !== '' || redisUrl !== '') && url === '') throw new ConfigError('--node-address 与 --redis 只用于 PostgreSQL only with PostgreSQL')
  return {
    host: value('host', '127.0.0.1'),
    port,
    dataDir: resolve(value('data', '.data')),
    database: url !== '' ? { kind: 'postgres', url } : { kind: 'sqlite' },
    publicUrl: publicUrl || null,
    officeName: value('office-name', ''),
    ...(metricsToken === '' ? {} : { metricsToken }),
    ...(nodeAddress === '' ? {} : { nodeAddress }),
    ...(redisUrl === '' ? {} : { redisUrl }),
  }
}

function flagValue(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`))
  const word = argv[at]
  if (word === undefined) return undefined
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1]
}
