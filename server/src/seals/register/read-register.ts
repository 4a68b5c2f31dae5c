/** The register of seals (印章台账) as it is exported and printed: every act in the life of each seal, and every impression. */
import type { RecordedFact } from '@xiewen/shared/base'
import { sealsZh } from '@xiewen/shared/seals'
import { listActsOn } from '../../platform/audit/read.ts'
import type { QueryContext } from '../../platform/context.ts'
import { tables } from '../../platform/database/index.ts'
import type { ImpressionRecord, SealRecord, SealsTables } from '../tables.ts'

/** One act in a seal's life; `at` ms UTC. */
export interface LifeAct {
  readonly at: number
  readonly act: string
  readonly by: string
  readonly note: string
}

/** One seal with its life, oldest act first. */
export interface SealLife {
  readonly seal: SealRecord
  readonly acts: readonly LifeAct[]
}

/** The register. Its words are those of the official record, in Chinese. */
export interface Register {
  readonly lives: readonly SealLife[]
  readonly impressions: readonly ImpressionRecord[]
}

/** Words for each act; acts without words here are no part of a seal's life. */
const actWords: Readonly<Record<string, string>> = {
  'seals.proposed': '申请刻制', 'seals.approved': '审批同意', 'seals.declined': '审批不同意', 'seals.made': '制章', 'seals.filed': '备案', 'seals.enabled': '领取启用', 'seals.suspended': '停用',
  'seals.resumed': '恢复使用', 'seals.handed-over': '移交', 'seals.renewal-asked': '申请换证', 'seals.renewal-approved': '同意换证', 'seals.renewal-declined': '不同意换证', 'seals.renewed': '换证',
  'seals.destruction-asked': '申请注销', 'seals.kept-on': '不予注销', 'seals.destroyed': '销毁', 'seals.lent': '交付临时代管', 'seals.lending-ended': '临时代管结束',
}

/** Reads the register of some seals. */
export async function readRegister(ctx: QueryContext, seals: readonly SealRecord[]): Promise<Register> {
  const ids = seals.map((seal) => seal.id)
  const acts = (await listActsOn(ctx.db, ids)).filter((fact) => fact.subject.kind === 'seal')
  const impressions = ids.length === 0 ? [] : await tables<SealsTables>(ctx.db).selectFrom('seal_impression').selectAll().where('seal_id', 'in', ids).orderBy('at').orderBy('id').execute()
  return { lives: seals.map((seal) => ({ seal, acts: acts.filter((fact) => fact.subject.id === seal.id).flatMap(presentAct) })), impressions }
}

function presentAct(fact: RecordedFact): readonly LifeAct[] {
  const act = actWords[fact.kind]
  if (act === undefined) return []
  const { actor, data } = fact
  const behalf = actor?.onBehalfOf === undefined ? '' : `（代${actor.onBehalfOf}）`
  const text = (key: string, label: string): readonly string[] => (typeof data[key] === 'string' && data[key] !== '' ? [`${label}${data[key]}`] : [])
  return [{ at: fact.at, act, by: actor === null ? '系统' : `${actor.personName}${behalf}`, note: [...text('reason', ''), ...text('keeper', '接收人：'), ...text('code', '印章编码：'), ...text('serial', '证书：')].join('；') }]
}

/** 种类 and 状态 in words. */
export function wordOf(kind: 'kind' | 'state', value: string): string {
  const words: Readonly<Record<string, string>> = sealsZh
  return words[`seals.${kind}.${value}`] ?? value
}

/** Date and time in China, to the second: 2026-11-28 09:30:05. */
export function presentMoment(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Date in China. */
export function presentDay(at: number): string {
  return presentMoment(at).slice(0, 10)
}
