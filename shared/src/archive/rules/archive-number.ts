/** 档号: written from its parts by a template. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { Period } from '../model.ts'

/** The parts of an archive number, kept in columns of their own. `serial` (件号) counts from 1. */
export interface ArchiveNumber {
  readonly fonds: string
  readonly category: string
  readonly year: number
  readonly period: Period
  readonly serial: number
}

/** 门类: WS 文书. Source: DA/T 13-2022 */
export const documentsCategory = 'WS'
/** 全宗号-门类·年度·保管期限-件号. Source: DA/T 13-2022 */
export const usualTemplate = '{fonds}-{category}·{year}·{period}-{serial}'

const periodCodes: Readonly<Record<Period, string>> = { permanent: 'Y', 'years-30': 'D30', 'years-10': 'D10' }
const placeholders = ['fonds', 'category', 'year', 'period', 'serial'] as const

/** The number as printed; the serial has at least four digits, e.g. Z109-WS·2026·D30-0001 */
export function formatArchiveNumber(template: string, number: ArchiveNumber): string {
  const values: Readonly<Record<(typeof placeholders)[number], string>> = {
    fonds: number.fonds,
    category: number.category,
    year: String(number.year),
    period: periodCodes[number.period],
    serial: String(number.serial).padStart(4, '0'),
  }
  return placeholders.reduce((text, name) => text.replace(`{${name}}`, () => values[name]), template)
}

/** Decides whether a template names every part exactly once and nothing that a file name cannot carry: then two numbers that
 * differ in a part differ in print as long as parts stay separated.
 *
 * @returns the template, or `archive.template-wrong`
 */
export function decideTemplate(template: string): Result<string> {
  const counts = placeholders.map((name) => template.split(`{${name}}`).length - 1)
  const rest = placeholders.reduce((text, name) => text.replace(`{${name}}`, ''), template)
  const separated = !/\}\{/.test(template)
  const lawful = counts.every((count) => count === 1) && separated && /^[\p{L}\p{N}·\-.]*$/u.test(rest) && template.length <= 80
  return lawful ? accept(template) : refuse('archive.template-wrong')
}
