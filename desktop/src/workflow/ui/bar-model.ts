/** What the bar says, computed from what the server says. */
import { type DecisiveAct, type OpinionCode, codesOfAct, type PreviewView } from '@xiewen/shared/workflow'
import type { Speech } from '../../platform/i18n/index.ts'

/** Names of those who get it next, without repetition. */
export function nextNames(preview: PreviewView | null): readonly string[] {
  return preview ? [...new Set(preview.next.flatMap((step) => step.holders.map((holder) => holder.personName)))] : []
}

/** One line about what follows: who gets it, until when it can be taken back, which deadline starts. */
export function hintOf(preview: PreviewView | null, { t, format }: Speech): string {
  if (!preview || preview.refusal) return ''
  if (preview.closes === 'signed') return [t('workflow.ui.hint.signs'), preview.replacesDate === undefined ? '' : t('workflow.ui.hint.replaces-date', { date: preview.replacesDate })].join(' ').trim()
  if (preview.closes === 'finished') return t('workflow.ui.hint.finishes')
  const comma = t('ui.list-comma')
  if (preview.next.length === 0) return t('workflow.ui.hint.waits', { names: preview.waitsFor.map((holder) => holder.personName).join(comma) })
  const next = preview.next.map((step) => `${t(`workflow.step.${step.step}`)} ${step.holders.map((holder) => holder.personName).join(comma)}`).join(comma)
  const due = preview.next.flatMap((step) => step.holders.flatMap((holder) => holder.dueAt ?? []))
  const step = preview.next[0]?.step
  const deadline = due.length === 0 || !step ? '' : t('workflow.ui.hint.due', { step: t(`workflow.step.${step}`), at: format.moment(Math.min(...due)) })
  return `${t('workflow.ui.hint.next', { next })} ${deadline}`
}

/** Why the button is off, or null. Missing words do not switch it off: pressing it asks for them. */
export function offBecause(preview: PreviewView | null, { t }: Speech): string | null {
  if (!preview) return ''
  return preview.refusal ? t(preview.refusal.code, preview.refusal.params) : null
}

/** Opinion codes offered to choose from; a single one is not worth asking about. 圈阅 has its own button. */
export function stancesOf(act: DecisiveAct): readonly OpinionCode[] {
  const codes = codesOfAct[act].filter((code) => code !== 'CIRCLE')
  return act === 'countersign' ? codes : []
}

/** The code an opinion goes out under: a remark makes 同意 附意见同意. */
export function codeFor(act: DecisiveAct, stance: OpinionCode | null, text: string): OpinionCode {
  if (stance) return stance === 'AGREE' && act === 'countersign' && text.trim() !== '' ? 'AGREE_WITH' : stance
  const first = codesOfAct[act][0]
  const mayCircle = codesOfAct[act].includes('CIRCLE')
  return text.trim() === '' && mayCircle && (act === 'sign' || act === 'instruct') ? 'CIRCLE' : first
}

/** Keys of the phrases for an act. */
export function phraseKeys(act: DecisiveAct, words: (key: string) => string): readonly string[] {
  const keys = [1, 2, 3, 4, 5].map((n) => `workflow.ui.phrase.${act}.${n}`)
  // A key without words is answered with itself.
  return keys.filter((key) => words(key) !== key)
}

/** The flat form of a choice for the query string. */
export function flatChoice(choice: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(choice).flatMap(([step, ids]) => (ids.length === 0 ? [`${step}:`] : ids.map((id) => `${step}:${id}`)))
}

