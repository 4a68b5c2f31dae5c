/** What became of the blocks of a text beside their letters since a row of its log: levels, tables, figures, footnotes, how they are
 * counted; each with the account whose row did it. The log is replayed and every block a row touched is read before and after. */
import * as Y from 'yjs'
import type { Block } from '../model.ts'
import { type ShapeChange, shapeChanges } from '../rules/compare-shapes.ts'
import { blocksOf } from '../text/from-ydoc.ts'
import { bodyOf } from '../ydoc.ts'
import type { LoggedRow, Origin } from './history.ts'

/** What a block is as a whole: its kind, and the level of a heading, else 0. */
export interface BlockForm {
  readonly kind: Block['kind']
  readonly level: number
}

/** A block that was something else until somebody changed it. */
export interface FormChange {
  readonly before: BlockForm
  readonly by: Origin
}

/** One change of a block beside its letters, and who made it. */
export interface TracedShape extends ShapeChange {
  readonly by: Origin
}

/** What became of one block, oldest first; `now` is what it is in the end, proposals read as accepted. */
export interface BlockStory {
  readonly now: BlockForm
  readonly reshapings: readonly FormChange[]
  readonly shapes: readonly TracedShape[]
}

/** The stories of blocks that were there after log row `from` and have one, by `client:clock` of their shared element. */
export function storiesSince(rows: readonly LoggedRow[], from: number): ReadonlyMap<string, BlockStory> {
  const stories = new Map<string, BlockStory>()
  const doc = new Y.Doc({ gc: false })
  const body = bodyOf(doc)
  const apply = (row: LoggedRow): void => doc.transact(() => row.updates.forEach((update) => Y.applyUpdate(doc, update)))
  rows.filter((row) => row.seq <= from).forEach(apply)
  const known = new Map(body.toArray().flatMap((child) => entryOf(child)))
  let touched = new Set<Y.XmlElement>()
  body.observeDeep((events) => {
    for (const { target } of events) for (const child of childOf(target, body)) touched.add(child)
  })
  for (const row of rows.filter((each) => each.seq > from)) {
    touched = new Set()
    apply(row)
    for (const [id, block] of [...touched].flatMap((child) => entryOf(child))) {
      const old = known.get(id)
      // What came later was never anything else for the reader.
      if (!old) continue
      known.set(id, block)
      stories.set(id, goOn(stories.get(id), old, { block, by: row }))
    }
  }
  doc.destroy()
  return new Map([...stories].filter(([, story]) => story.reshapings.length + story.shapes.length > 0))
}

function entryOf(child: unknown): readonly (readonly [string, Block])[] {
  if (!(child instanceof Y.XmlElement)) return []
  const [block] = blocksOf(child)
  const id = child._item?.id
  return id && block ? [[`${id.client}:${id.clock}`, block]] : []
}

/** The child of the body that holds what changed, unless it is the body itself or gone. */
function childOf(target: Y.AbstractType<unknown>, body: Y.XmlFragment): readonly Y.XmlElement[] {
  let node: Y.AbstractType<unknown> | null = target
  while (node && node.parent !== body) node = node.parent
  return node instanceof Y.XmlElement && node._item?.deleted === false ? [node] : []
}

function formOf(block: Block): BlockForm {
  return { kind: block.kind, level: block.kind === 'heading' ? block.level : 0 }
}

function goOn(story: BlockStory | undefined, old: Block, { block, by }: { readonly block: Block; readonly by: Origin }): BlockStory {
  const [before, now] = [formOf(old), formOf(block)]
  const isReshaped = before.kind !== now.kind || before.level !== now.level
  return {
    now,
    reshapings: [...(story?.reshapings ?? []), ...(isReshaped ? [{ before, by }] : [])],
    shapes: shapeChanges(old, block).reduce((shapes, change) => addShape(shapes, { ...change, by }), story?.shapes ?? []),
  }
}

/** Acts that undo one another. */
const opposites: Readonly<Record<string, string>> = { landscape: 'upright', upright: 'landscape', merged: 'split', split: 'merged', continued: 'restarted', restarted: 'continued', 'footnote-added': 'footnote-removed', 'footnote-removed': 'footnote-added' }

/** Adds a change; what one person did and undid, or did in several goes, is told once. */
function addShape(shapes: readonly TracedShape[], next: TracedShape): readonly TracedShape[] {
  const own = (shape: TracedShape): boolean => shape.by.personId === next.by.personId
  const undone = shapes.findLastIndex((shape) => own(shape) && opposites[shape.code] === next.code && JSON.stringify(shape.params) === JSON.stringify(next.params))
  if (undone >= 0) return shapes.filter((_each, index) => index !== undone)
  const at = shapes.findLastIndex((shape) => shape.code === next.code)
  const last = shapes[at]
  if (!last || !own(last) || next.params['before'] === undefined || last.params['after'] !== next.params['before']) return [...shapes, next]
  const others = shapes.filter((_each, index) => index !== at)
  return last.params['before'] === next.params['after'] ? others : [...others, { ...next, params: { ...next.params, before: last.params['before'] ?? 0 } }]
}
