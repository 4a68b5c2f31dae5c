/** Proposing how long a document is kept (保管期限). The archivist decides; an organ's own approved table goes first. */
import type { DocumentKind, DocumentOrigin } from '../../documents/index.ts'
import type { Period, PeriodBasis } from '../model.ts'

/** What the proposal looks at. */
export interface PeriodQuestion {
  readonly kind: DocumentKind
  readonly origin: DocumentOrigin
  readonly title: string
}

/** A proposal and the reason for it. */
export interface PeriodProposal {
  readonly period: Period
  readonly basis: PeriodBasis
}

const staffWords = /任免|任职|免职|人事|机构设置|机构编制|内设机构|职能配置|更名|启用.{0,6}印章/
const planWords = /规划|计划|要点|总结|预算|决算/
const policyWords = /办法|规定|细则|制度|条例|规则|方案|意见/
const briefingWords = /简报|情况反映|工作信息|参考资料/
const policyKinds: readonly DocumentKind[] = ['决议', '决定', '命令', '公报', '公告', '通告', '意见', '议案']

/** The usual period for a document.
 *
 * Source: 国家档案局令第8号 附件 文书档案保管期限表: own minutes, policies, plans and staff matters are permanent, own dealings 30
 * years, briefings 10; superiors' documents that are carried out 30 years, others' 10
 */
export function suggestPeriod(question: PeriodQuestion): PeriodProposal {
  if (briefingWords.test(question.title)) return { period: 'years-10', basis: 'briefing' }
  return question.origin === 'incoming' ? suggestForReceived(question) : suggestForOwn(question)
}

function suggestForOwn({ kind, origin, title }: PeriodQuestion): PeriodProposal {
  if (origin === 'minutes' || kind === '纪要') return { period: 'permanent', basis: 'minutes' }
  if (staffWords.test(title)) return { period: 'permanent', basis: 'staff' }
  if (kind === '请示' || kind === '批复') return { period: 'years-30', basis: 'request' }
  if (planWords.test(title)) return { period: 'permanent', basis: 'plan' }
  if (policyKinds.includes(kind) || policyWords.test(title)) return { period: 'permanent', basis: 'policy' }
  return kind === '函' ? { period: 'years-30', basis: 'letter' } : { period: 'years-30', basis: 'own' }
}

function suggestForReceived({ kind, title }: PeriodQuestion): PeriodProposal {
  if (staffWords.test(title)) return { period: 'permanent', basis: 'staff' }
  if (kind === '批复') return { period: 'years-30', basis: 'request' }
  if (policyKinds.includes(kind) || planWords.test(title) || policyWords.test(title)) return { period: 'years-30', basis: 'from-above' }
  return { period: 'years-10', basis: 'from-others' }
}
