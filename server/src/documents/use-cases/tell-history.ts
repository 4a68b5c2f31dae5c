/** Telling the history of a text: trace, moments, makers of pending revisions, texts of versions. */
import { accept, refuse } from '@xiewen/shared/base'
import { type Block, deriveLabels, documentsContract, type Moment, openHistory, type Origin, type TraceBlock, traceOf, type TraceView, type Who } from '@xiewen/shared/documents'
import { onQuery } from '../../platform/slice.ts'
import { findChangeMakers, listRows, loadHistory, Witnesses } from '../history.ts'
import { findScene } from '../scene.ts'
import { contentOf, findVersion } from '../versions.ts'

/** Work of one person with shorter pauses than this (ms) is one moment of the playback, at most so long. */
const pauseMs = 120_000
const longestMomentMs = 600_000
/** Most moments told; pauses are widened until they fit. */
const mostMoments = 400

const trace = onQuery(documentsContract.trace, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const rows = await loadHistory(ctx.db, input.documentId, input.to ?? Number.MAX_SAFE_INTEGER)
  const witnesses = await Witnesses.of(ctx, input.documentId, rows.map((row) => row.personId))
  const wanted = (by: Origin): boolean => (input.personId === undefined || by.personId === input.personId) && (input.step === undefined || witnesses.stepOf(by) === input.step)
  const history = openHistory(rows)
  const blocks = traceOf(history, input.from, wanted)
  history.doc.destroy()
  return accept(presentTrace(blocks, witnesses))
})

function presentTrace(blocks: readonly TraceBlock[], witnesses: Witnesses): TraceView {
  const who: Who[] = []
  const known = new Map<string, number>()
  const indexOf = (by: Origin): number => {
    const key = `${by.personId} ${Math.floor(by.at / 60_000)}`
    const index = known.get(key) ?? who.push(witnesses.present(by)) - 1
    known.set(key, index)
    return index
  }
  const labels = labelsOf(blocks)
  const sum = (op: 'added' | 'removed'): number => blocks.flatMap((block) => block.parts).reduce((total, part) => total + (part.op === op ? [...part.text.replaceAll('\n', '')].length : 0), 0)
  return {
    blocks: blocks.map(({ op, kind, level, before, shapes, parts, rows, pictures }, index) => ({
      op,
      kind,
      level,
      label: labels[index] ?? '',
      before: before === null ? null : { ...before.before, by: indexOf(before.by) },
      shapes: shapes.map(({ code, params, by }) => ({ code, params, by: indexOf(by) })),
      parts: parts.map(({ text, bold, format, ...part }) => ({ op: part.op, text, by: indexOf(part.by), bold, format: format === null ? null : { to: format.to, by: indexOf(format.by) } })),
      rows: rows.map((row) => ({ op: row.op, cells: [...row.cells] })),
      pictures: pictures.map((picture) => ({ ...picture, by: indexOf(picture.by) })),
    })),
    who,
    added: sum('added'),
    removed: sum('removed'),
  }
}

/** Numbers as the text has them at the end: blocks that are gone count for nothing. */
function labelsOf(blocks: readonly TraceBlock[]): readonly string[] {
  const standing = blocks.flatMap((block, index) => (block.op === 'removed' ? [] : [{ block, index }]))
  const labels = deriveLabels(standing.map(({ block }) => skeleton(block)))
  const all: string[] = blocks.map(() => '')
  standing.forEach(({ index }, at) => (all[index] = labels[at] ?? ''))
  return all
}

function skeleton({ kind, level }: TraceBlock): Block {
  if (kind === 'heading') return { kind, level: level === 2 || level === 3 || level === 4 ? level : 1, runs: [] }
  // Tables and figures carry no number of their own.
  return kind === 'table' || kind === 'figure' ? { kind: 'table', rows: [] } : { kind, runs: [] }
}

const moments = onQuery(documentsContract.moments, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const rows = await listRows(ctx.db, input.documentId)
  const witnesses = await Witnesses.of(ctx, input.documentId, rows.map((row) => row.personId))
  let pause = pauseMs
  let told = groupRows(rows, pause, witnesses)
  while (told.length > mostMoments) told = groupRows(rows, (pause *= 2), witnesses)
  return accept({ moments: [...told] })
})

function groupRows(rows: readonly Origin[], pause: number, witnesses: Witnesses): readonly Moment[] {
  const groups: { first: Origin; last: Origin; before: number }[] = []
  const longest = Math.max(longestMomentMs, pause * 5)
  for (const row of rows) {
    const group = groups.at(-1)
    const goesOn = group !== undefined && group.first.personId === row.personId && row.at - group.last.at <= pause && row.at - group.first.at <= longest
    if (goesOn) group.last = row
    // What the document began with is a moment of its own.
    else groups.push({ first: row, last: row, before: group?.last.seq ?? 0 })
  }
  return groups.map(({ first, last, before }) => ({ ...witnesses.present(first), seq: last.seq, before, until: last.at }))
}

const changes = onQuery(documentsContract.changes, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const makers = await findChangeMakers(ctx, input.documentId)
  return accept({ changes: [...makers.values()] })
})

const versionText = onQuery(documentsContract.versionText, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const version = await findVersion(ctx.db, input.documentId, input.versionId)
  if (!version) return refuse('documents.unknown-version')
  return accept({ name: version.name, at: Number(version.at), document: contentOf(version) })
})

/** Operations that tell the history of a text. */
export const historyOperations = [trace, moments, changes, versionText]
