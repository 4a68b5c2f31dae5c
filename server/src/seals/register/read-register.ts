/** The register of seals (印章台账) as it is taken out and printed: every act in the life of each seal, and every impression, of some days or all. */
import type { RecordedFact } from '@xiewen/shared/base'
import { listActsOn } from '../../platform/audit/read.ts'
import type { QueryContext } from '../../platform/context.ts'
import type { Finding } from '@xiewen/shared/seals'
import { tables } from '../../platform/database/index.ts'
import { judgeShown } from '../said.ts'
import type { ImpressionRecord, SealRecord, SealsTables } from '../tables.ts'
import { type RegisterLocale, wordOfAct, wordsOf } from './words.ts'

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

/** Moments (ms UTC) between which acts and impressions are taken, both included. */
export interface RegisterSpan {
  readonly from: number
  readonly until: number
}

/** The register in one language. */
export interface Register {
  readonly locale: RegisterLocale
  readonly lives: readonly SealLife[]
  readonly impressions: readonly ImpressionRecord[]
  /** What was found on them when they were held against the acts that made them. */
  readonly findings: readonly Finding[]
}

/** Reads the register of some seals. */
export async function readRegister(ctx: QueryContext, seals: readonly SealRecord[], { from, until }: RegisterSpan, locale: RegisterLocale): Promise<Register> {
  const ids = seals.map((seal) => seal.id)
  const lives = new Map<string, LifeAct[]>(ids.map((id) => [id, []]))
  for (const fact of await listActsOn(ctx.db, ids)) {
    if (fact.subject.kind === 'seal' && fact.at >= from && fact.at <= until) lives.get(fact.subject.id)?.push(...presentAct(fact, locale))
  }
  const impressions =
    ids.length === 0 ? [] : await tables<SealsTables>(ctx.db).selectFrom('seal_impression').selectAll().where('seal_id', 'in', ids).where('at', '>=', from).where('at', '<=', until).orderBy('at').orderBy('id').execute()
  return { locale, lives: seals.map((seal) => ({ seal, acts: lives.get(seal.id) ?? [] })), impressions, findings: await judgeShown(ctx.db, impressions) }
}

function presentAct(fact: RecordedFact, locale: RegisterLocale): readonly LifeAct[] {
  const act = wordOfAct(locale, fact.kind)
  if (act === null) return []
  const t = wordsOf(locale)
  const { actor, data } = fact
  const text = (key: string): string | null => (typeof data[key] === 'string' && data[key] !== '' ? data[key] : null)
  const noted = (key: 'keeper' | 'code' | 'serial'): string | null => {
    const value = text(key)
    return value === null ? null : t(`seals.register.note.${key}`, { value })
  }
  const by = actor === null ? t('seals.register.system') : actor.onBehalfOf === undefined ? actor.personName : t('seals.register.behalf', { name: actor.personName, whom: actor.onBehalfOf })
  const notes = [text('reason'), noted('keeper'), noted('code'), noted('serial')].filter((note) => note !== null)
  return [{ at: fact.at, act, by, note: notes.join(locale === 'en' ? '; ' : '；') }]
}

/** Date and time in China, to the second: 2026-11-28 09:30:05. */
export function presentMoment(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Date in China. */
export function presentDay(at: number): string {
  return presentMoment(at).slice(0, 10)
}
