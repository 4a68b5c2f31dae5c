/** `verify PACKAGE`: an evidence package (证据包) checked without server and network. */
import { presentVerdict, toJsonReport } from '@xiewen/crypto'
import { type EvidenceCheck, type EvidenceReport, type EvidenceTrust, verifyEvidence } from '../../archive/index.ts'
import { Unreadable } from '../../documents/index.ts'
import { type CliArguments, exitCodes, InputError, type Terminal } from './command.ts'
import { presentInstant } from './present-instant.ts'

const checkWords: Readonly<Record<EvidenceCheck['check'], string>> = {
  files: '文件与目录一致 files as listed',
  signature: '目录的签名 signature of the list',
  'ledger-key': '账本公钥 key of the ledger',
  text: '定稿 signed text',
  opinions: '审批意见及签名 opinions and signatures',
  stamps: '审批意见的时间戳 time stamps on opinions',
  seal: '正本上的印章 seals on the original',
  ledger: '各环节记入审计账本 acts in the ledger',
  binding: '正本与定稿对应 original made of the signed text',
}
const stateWords = { good: '相符 good', bad: '不符 BAD', open: '无法判断 open' } as const
const verdictWords = {
  WHOLE: '完整可信：各项核验均相符。Everything fits.',
  BROKEN: '不可信：内容与记录不符。Something was altered.',
  OPEN: '没有发现改动，但有的项目无法判断。Nothing altered was found, but something could not be decided.',
} as const

/** Verifies and prints; exit code 1 unless the package is WHOLE. */
export async function reportEvidence(bytes: Uint8Array, given: EvidenceTrust, args: CliArguments, terminal: Terminal): Promise<number> {
  const report = await readEvidence(bytes, given)
  if (args.json) terminal.out(JSON.stringify({ ...report, seal: toJsonReport(report.seal) }))
  else print(report, terminal)
  return report.verdict === 'WHOLE' ? exitCodes.ok : exitCodes.found
}

async function readEvidence(bytes: Uint8Array, given: EvidenceTrust): Promise<EvidenceReport> {
  try {
    return await verifyEvidence(bytes, given)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new InputError(`证据包已损坏，或内部文件不是应有的格式，请向制发机关重新索取 the package is damaged: ask the office for it again (${error.code})`, { cause: error })
  }
}

function print(report: EvidenceReport, terminal: Terminal): void {
  const { manifest } = report
  terminal.out(`${report.verdict} ${verdictWords[report.verdict]}`)
  terminal.out(`《${manifest.title}》 ${manifest.number} ${manifest.organName} · 生成 made ${presentInstant(manifest.madeAt)} ${manifest.madeBy}`)
  for (const check of report.checks) terminal.out(`  ${stateWords[check.state]} · ${checkWords[check.check]}${describe(check, report)}${check.details.length > 0 ? `：${check.details.map(check.check === 'stamps' ? presentStamp : String).join('，')}` : ''}`)
  for (const signature of report.seal.signatures) terminal.out(`  印章 ${signature.seal?.name ?? '—'} · ${presentVerdict(signature.verdict, 'zh-CN')}`)
}

const stampWords: Readonly<Record<string, string>> = {
  missing: '没有时间戳，签署时间只有本系统的记载 no time stamp: the time is the office’s word only',
  late: '时间戳晚于签署一小时以上，只证明其时已有此意见 stamped over an hour later: it proves no earlier time',
  untrusted: '时间戳服务不在信任之列 by a service that is not trusted here',
  wrong: '时间戳已损坏，或不是这条签名的 the time stamp is damaged or of something else',
  'before-signing': '时间戳早于签署时间 the time stamp is older than the signing',
}

/** `3 late` in words. */
function presentStamp(detail: string): string {
  const [seq = '', found = ''] = detail.split(' ')
  return `第 ${seq} 条${stampWords[found] ?? found}`
}

function describe(check: EvidenceCheck, report: EvidenceReport): string {
  if (check.check === 'opinions') return `（${report.opinions}）`
  if (check.check === 'ledger') return `（${report.acts}）`
  if (check.check === 'ledger-key' && check.state === 'open') return `：请与制发机关公布的指纹核对，或加 --ledger-key；compare with what the office publishes: ${report.ledgerKey}`
  if (check.check === 'seal' && check.state === 'open') return '：请用 --trust 给出所信任的根证书 name a trusted root with --trust'
  return ''
}
