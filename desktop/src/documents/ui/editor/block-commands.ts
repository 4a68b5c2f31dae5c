/** Acts on whole blocks: what a line is, and what Enter and Tab make of it. */
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Selection, type Transaction } from '@tiptap/pm/state'
import { formatProposal, nodeNames, parseProposal, personOfChange, proposalAttribute, provisionKinds } from '@xiewen/shared/documents'
import { kindOfName, levelOf, shapeOfNode } from './labels.ts'
import { reviserOf, settledMeta } from './revision.ts'
import type { Reviser } from './track-changes.ts'

/** What a block can be made into: a name of the schema, a heading with its level. */
export type BlockChoice = { readonly name: string; readonly level?: 1 | 2 | 3 | 4 }

/** The block the cursor stands in, or null inside tables. */
export function currentBlock(state: EditorState): { readonly node: Node; readonly position: number } | null {
  const { $from } = state.selection
  return $from.depth === 1 && $from.parent.isTextblock ? { node: $from.parent, position: $from.before() } : null
}

/** Makes the blocks of the selection something else. */
export function chooseBlock(editor: Editor, choice: BlockChoice): boolean {
  const { state } = editor
  const type = state.schema.nodes[choice.name]
  if (!type) return false
  const tr = state.tr
  const reviser = reviserOf(editor)
  if (reviser !== null) return proposeBlock(editor, choice, reviser)
  const { from, to } = state.selection
  state.doc.nodesBetween(from, to, (node, position, parent) => {
    // A figure made a line of text would lose its picture.
    if (parent === state.doc && node.isTextblock && kindOfName(node.type.name) !== null) tr.setNodeMarkup(position, type, choice.level === undefined ? null : { level: choice.level })
    return false
  })
  return dispatchIf(editor, tr)
}

/** In revision mode a block stays what it is and carries the proposal; proposing what it is takes the proposal back. */
function proposeBlock(editor: Editor, choice: BlockChoice, reviser: Reviser): boolean {
  const { state } = editor
  const kind = kindOfName(choice.name)
  if (kind === null) return false
  const tr = state.tr.setMeta(settledMeta, true)
  const id = `${reviser.personId}:${reviser.nextSerial()}`
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, position, parent) => {
    if (parent !== state.doc || !node.isTextblock || kindOfName(node.type.name) === null) return false
    const standing = parseProposal(node.attrs[proposalAttribute])
    // Another's proposal waits for its answer first.
    if (standing !== null && personOfChange(standing.id) !== reviser.personId) return false
    const isSame = node.type.name === choice.name && (choice.level === undefined || levelOf(node) === choice.level)
    const proposal = isSame ? null : formatProposal({ id, kind, level: choice.level ?? 0 })
    if (node.attrs[proposalAttribute] !== proposal) tr.setNodeMarkup(position, null, { ...node.attrs, [proposalAttribute]: proposal })
    return false
  })
  return dispatchIf(editor, tr)
}

/** Tab and Shift-Tab: one level down or up; a paragraph becomes a heading like the last one, a level 1 heading a paragraph. */
export function shiftLevel(editor: Editor, step: 1 | -1): boolean {
  const block = currentBlock(editor.state)
  if (!block) return false
  const shape = shapeOfNode(block.node)
  if (shape.name === nodeNames.heading) {
    const level = shape.level + step
    if (level < 1) return chooseBlock(editor, { name: nodeNames.paragraph })
    return level > 4 ? true : chooseBlock(editor, { name: nodeNames.heading, level: asLevel(level) })
  }
  const provision = provisionSteps.findIndex((name) => name === shape.name)
  if (provision >= 0) {
    const next = provisionSteps[provision + step]
    return next === undefined ? true : chooseBlock(editor, { name: next })
  }
  if (shape.name !== nodeNames.paragraph) return true
  return step < 0 ? true : chooseBlock(editor, { name: nodeNames.heading, level: levelBefore(editor.state.doc, block.position) })
}

/** 章, 节, 条, 项, 目: Tab goes down the steps of a regulation, Shift-Tab up. */
const provisionSteps: readonly string[] = provisionKinds.map((kind) => nodeNames[kind])

function levelBefore(doc: Node, position: number): 1 | 2 | 3 | 4 {
  let level: 1 | 2 | 3 | 4 = 1
  doc.forEach((node, offset) => {
    const shape = shapeOfNode(node)
    if (offset < position && shape.level !== 0) level = shape.level
  })
  return level
}

function asLevel(value: number): 1 | 2 | 3 | 4 {
  return value === 2 || value === 3 || value === 4 ? value : 1
}

/** Continues the count of a heading's level, or of the 项 of a 条, instead of beginning anew under its parent or after a 款. */
export function toggleContinues(editor: Editor): boolean {
  const block = currentBlock(editor.state)
  if (!block || !mayContinue(block.node)) return false
  return dispatchIf(editor, editor.state.tr.setNodeMarkup(block.position, null, { ...block.node.attrs, continues: block.node.attrs['continues'] === true ? null : true }))
}

/** Whether a block's count may go on from the one before. */
export function mayContinue(node: Node): boolean {
  return node.type.name === nodeNames.heading || node.type.name === nodeNames.item
}

/** What follows a block when Enter is pressed at its end. */
function followerOf(node: Node): BlockChoice {
  switch (node.type.name) {
    case nodeNames.heading:
      return levelOf(node) === 1 ? { name: nodeNames.paragraph } : { name: nodeNames.heading, level: levelOf(node) }
    case nodeNames['attachment-note']:
      return { name: nodeNames['attachment-note'] }
    // 项 follows 项, 条 follows 条; a 款 is a Ctrl+Alt+0 away.
    case nodeNames.article:
    case nodeNames.item:
    case nodeNames.subitem:
      return { name: node.type.name }
    case nodeNames.chapter:
    case nodeNames.section:
      return { name: nodeNames.article }
    case nodeNames.signature:
      return { name: nodeNames.date }
    case nodeNames.title:
      return { name: nodeNames.recipients }
    default:
      return { name: nodeNames.paragraph }
  }
}

/** Enter at the end of a block begins what usually follows; in an empty heading or note it gives a paragraph. Elsewhere the
 * usual split happens (false). */
export function enterAtEnd(editor: Editor): boolean {
  const { state } = editor
  const block = currentBlock(state)
  if (!block || !state.selection.empty || state.selection.$from.parentOffset < block.node.content.size) return false
  if (block.node.content.size === 0 && block.node.type.name !== nodeNames.paragraph) return chooseBlock(editor, { name: nodeNames.paragraph })
  const follower = wanted(state, followerOf(block.node), block.position)
  const type = state.schema.nodes[follower.name]
  if (!type) return false
  const after = block.position + block.node.nodeSize
  const tr = state.tr.insert(after, type.create(follower.level === undefined ? null : { level: follower.level }))
  return dispatchIf(editor, tr.setSelection(Selection.near(tr.doc.resolve(after + 1))).scrollIntoView())
}

/** Elements a document has once are not begun twice. */
function wanted(state: EditorState, follower: BlockChoice, position: number): BlockChoice {
  if (follower.name !== nodeNames.date && follower.name !== nodeNames.recipients) return follower
  let exists = false
  state.doc.forEach((node, offset) => {
    if (offset !== position && node.type.name === follower.name) exists = true
  })
  return exists ? { name: nodeNames.paragraph } : follower
}

function dispatchIf(editor: Editor, tr: Transaction): boolean {
  if (!editor.isEditable) return false
  if (tr.docChanged) editor.view.dispatch(tr)
  return true
}
