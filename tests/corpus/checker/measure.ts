/** Recall and precision of the checker, rule by rule. */
import { type Finding, lintDocument } from '@xiewen/shared/documents'
import type { Clean } from './read-clean.ts'
import type { Planted } from './read-planted.ts'

/** What a rule did: mistakes planted, found, and findings where there was nothing. */
export interface RuleScore {
  readonly rule: string
  readonly planted: number
  readonly found: number
  readonly falseAlarms: number
}

/** The whole measurement. `recall` found of planted; `precision` right findings of all. */
export interface Score {
  readonly rules: readonly RuleScore[]
  readonly recall: number
  readonly precision: number
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

/** Findings that geometry rules make of one planted layout or clean document. */
export interface GeometryCase {
  readonly rule: string | null
  readonly source: string
  readonly found: readonly Finding[]
}

/** Checks every document and counts. A finding counts once a document and rule. */
export function measure(planted: readonly Planted[], clean: readonly Clean[], geometry: readonly GeometryCase[] = []): Score {
  const tally = new Map<string, { planted: number; found: number; falseAlarms: number }>()
  const of = (rule: string) => {
    const known = tally.get(rule) ?? { planted: 0, found: 0, falseAlarms: 0 }
    tally.set(rule, known)
    return known
  }
  const missed: string[] = []
  const wrong: string[] = []
  const count = (expected: string | null, also: readonly string[], source: string, found: readonly Finding[]): void => {
    const rules = new Set(found.map((finding) => finding.rule))
    if (expected !== null) {
      of(expected).planted += 1
      if (rules.has(expected)) of(expected).found += 1
      else missed.push(`${expected}: ${source}`)
    }
    for (const rule of rules) {
      if (rule === expected || also.includes(rule)) continue
      of(rule).falseAlarms += 1
      const finding = found.find((each) => each.rule === rule)
      wrong.push(`${rule} in ${expected ?? 'clean'}: ${source} — ${JSON.stringify(finding?.params)}`)
    }
  }
  for (const each of planted) count(each.rule, each.also, each.source, lintDocument(each.document, each.context))
  for (const each of clean) count(null, each.also, each.name, lintDocument(each.document, each.context))
  for (const each of geometry) count(each.rule, [], each.source, each.found)
  const rules = [...tally].map(([rule, score]) => ({ rule, ...score })).sort((a, b) => (a.rule < b.rule ? -1 : 1))
  const sum = (pick: (score: RuleScore) => number): number => rules.reduce((total, score) => total + pick(score), 0)
  const found = sum((score) => score.found)
  return {
    rules,
    recall: found / Math.max(1, sum((score) => score.planted)),
    precision: found / Math.max(1, found + sum((score) => score.falseAlarms)),
    missed,
    wrong,
  }
}
