/** The checker (公文校验): runs the rules over a document, and again over only what changed. */
import type { Layout } from '../layout/model.ts'
import type { Block, OfficialDocument } from '../model.ts'
import { blockText } from '../text/runs.ts'
import { lintRules } from './catalogue.ts'
import type { LintContext } from './context.ts'
import { longestBlock } from './rules/hidden.ts'
import type { Around, BlockRule, DocumentRule, Finding, Fix, Hit, LintRule, LintScene, Note, PageRule, Place } from './model.ts'
import { weightOf } from './weights.ts'

const order = { error: 0, warning: 1, hint: 2 } as const

/** A checker that remembers. */
export interface Linter {
  /** Checks a document. Blocks it has seen before (the same objects) are not read again, so that a keystroke costs one block and
   * the rules about the whole.
   *
   * @returns findings in reading order (elements first); within a block by severity
   */
  check(document: OfficialDocument): readonly Finding[]
}

/** What is known of one block: findings of the block rules and what the document rules gathered, by rule. */
interface Known {
  readonly place: Place
  readonly aroundKey: string
  readonly findings: readonly Finding[]
  readonly notes: readonly (readonly Note[] | null)[] | null
}

/** Makes a checker for one document at a time.
 *
 * @param context what the office knows; a change of it asks for a new checker
 */
export function createLinter(context: LintContext = {}): Linter {
  const rules = lintRules.filter((rule) => weightOf(rule, context.house) !== 'off')
  const blockRules = rules.filter((rule) => rule.scope === 'block')
  const documentRules = rules.filter((rule) => rule.scope === 'document')
  const known = new WeakMap<Block, Known>()
  const lookAt = (block: Block, index: number, part: Place['part'], around: AroundKey): Known => {
    const before = known.get(block)
    if (before?.aroundKey === around.key && before.place.part === part) {
      if (before.place.index === index) return before
      const moved = movedTo(before, index)
      known.set(block, moved)
      return moved
    }
    const place: Place = { index, kind: block.kind, text: blockText(block).slice(0, longestBlock), block, part }
    const fresh = readBlock(place, around, blockRules, documentRules)
    known.set(block, fresh)
    return fresh
  }
  return {
    check(document) {
      const around = aroundOf(document, context)
      const mainEnd = endOfMain(document)
      const all = document.blocks.map((block, index) => lookAt(block, index, index < mainEnd ? 'main' : 'annex', around))
      const scene = sceneOf(document, context, all.map((each) => each.place), mainEnd)
      const gathered = gatherNotes(all, documentRules.length)
      const own = all.filter((each) => each.findings.length > 0).flatMap((each) => each.findings)
      const whole = documentRules.flatMap((rule, at) =>
        rule.check(scene, gathered[at] ?? []).map((hit) => findingOf(rule, hit, scene.places, context)),
      )
      return sorted([...own, ...whole])
    },
  }
}

/** Notes of all blocks by rule; blocks that gave none are passed over. */
function gatherNotes(all: readonly Known[], rules: number): readonly (readonly Note[])[] {
  const gathered: Note[][] = Array.from({ length: rules }, () => [])
  for (const { notes } of all) {
    if (notes === null) continue
    notes.forEach((own, at) => {
      if (own) gathered[at]?.push(...own)
    })
  }
  return gathered
}

/** Checks a whole document once. */
export function lintDocument(document: OfficialDocument, context: LintContext = {}): readonly Finding[] {
  return createLinter(context).check(document)
}

/** Measures a laid-out document: the rules of geometry. Findings name the page, and the block where there is one.
 *
 * @param layout of that document, clean (清稿)
 */
export function lintLayout(document: OfficialDocument, layout: Layout, context: LintContext = {}): readonly Finding[] {
  const mainEnd = endOfMain(document)
  const places = document.blocks.map(
    (block, index): Place => ({
      index,
      kind: block.kind,
      text: blockText(block).slice(0, longestBlock),
      block,
      part: index < mainEnd ? 'main' : 'annex',
    }),
  )
  const scene = { ...sceneOf(document, context, places, mainEnd), layout }
  const rules = lintRules.filter((rule): rule is PageRule => rule.scope === 'page' && weightOf(rule, context.house) !== 'off')
  return sorted(rules.flatMap((rule) => rule.check(scene).map((hit) => findingOf(rule, hit, places, context))))
}

/** Whether a document with these findings must not be submitted (送审). */
export function blocksSubmission(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

interface AroundKey {
  readonly value: Around
  readonly key: string
}

function aroundOf({ elements }: OfficialDocument, context: LintContext): AroundKey {
  const { kind, format, direction, disclosure } = elements
  return { value: { kind, format, direction, disclosure, context }, key: `${kind} ${format} ${direction} ${disclosure}` }
}

function endOfMain(document: OfficialDocument): number {
  const first = document.blocks.findIndex((block) => block.kind === 'annex-title')
  return first < 0 ? document.blocks.length : first
}

function sceneOf(document: OfficialDocument, context: LintContext, places: readonly Place[], mainEnd: number): LintScene {
  const byKind = new Map<Block['kind'], Place[]>()
  for (const place of places) {
    const same = byKind.get(place.kind)
    if (same) same.push(place)
    else byKind.set(place.kind, [place])
  }
  return { document, context, places, byKind, mainEnd }
}

function readBlock(
  place: Place,
  around: AroundKey,
  blockRules: readonly BlockRule[],
  documentRules: readonly DocumentRule[],
): Known {
  const findings = blockRules.flatMap((rule) => {
    if (rule.kinds ? !rule.kinds.includes(place.kind) : place.text === '') return []
    return rule.check(place, around.value).map((hit) => findingOf(rule, hit, null, around.value.context, place))
  })
  const notes = documentRules.map((rule) => {
    const found = place.text === '' ? undefined : rule.gather?.(place)
    return found && found.length > 0 ? found : null
  })
  return {
    place,
    aroundKey: around.key,
    findings: findings.length > 0 ? findings : nothing,
    notes: notes.some((each) => each !== null) ? notes : null,
  }
}

const nothing: readonly Finding[] = []

/** The same knowledge for a block that now stands elsewhere. */
function movedTo(known: Known, index: number): Known {
  return {
    ...known,
    place: { ...known.place, index },
    findings: known.findings.map((finding) => movedFinding(finding, index)),
    notes: known.notes?.map((notes) => notes?.map((note) => ({ ...note, block: index })) ?? null) ?? null,
  }
}

function movedFinding(finding: Finding, index: number): Finding {
  const fix: Fix | undefined =
    finding.fix && finding.fix.kind !== 'set-element' ? { ...finding.fix, block: index } : finding.fix
  return { ...finding, block: finding.block === null ? null : index, ...(fix ? { fix } : {}) }
}

function findingOf(
  rule: LintRule,
  hit: Hit,
  places: readonly Place[] | null,
  context: LintContext,
  own?: Place,
): Finding {
  const spots = hit.spots ?? []
  const weight = weightOf(rule, context.house)
  const place = own ?? (hit.block === undefined ? undefined : places?.[hit.block])
  const finding = {
    rule: rule.id,
    ...(hit.fault === undefined ? {} : { fault: hit.fault }),
    level: rule.level,
    clause: rule.clause,
    severity: weight === null || weight === 'off' ? (hit.severity ?? rule.severity) : weight,
    block: hit.block ?? null,
    element: hit.element ?? null,
    page: hit.page ?? null,
    from: spots[0]?.from ?? 0,
    to: spots[0]?.to ?? 0,
    spots,
    params: { text: '', fix: '', ...hit.params, clause: rule.clause },
  }
  // Cells of a table are edited by hand: their offsets run through all cells.
  return hit.fix && !(place?.kind === 'table' && hit.fix.kind === 'edit-text') ? { ...finding, fix: hit.fix } : finding
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => (a.block ?? -1) - (b.block ?? -1) || order[a.severity] - order[b.severity] || a.from - b.from,
  )
}

/** Key of the words of a remark, to be filled with its `params`. */
export function remarkKey({ rule, fault }: { readonly rule: string; readonly fault?: string | undefined }): string {
  return fault === undefined ? `documents.lint.${rule}` : `documents.lint.${rule}.${fault}`
}
