/** Keys of the editor: Enter, Tab, levels, fixes. */
import { Extension } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { nodeNames } from '@xiewen/shared/documents'
import { chooseBlock, currentBlock, enterAtEnd, shiftLevel } from './block-commands.ts'
import { backspaceAtFigure, deleteAtFigure, enterInFigure } from './figure-keys.ts'

/** What keys may ask of the page. */
export interface KeyOptions {
  readonly isRevising: () => boolean
  /** Begins a comment on the selection (Ctrl+Alt+M). */
  readonly onComment: () => void
  readonly maySettle: () => boolean
  readonly onPickThread: (threadId: string) => void
  /** Repairs the finding at the cursor (Alt+Enter). */
  readonly onFix: () => boolean
}

/** The extension. In tables the keys are left to the tables. In revision mode a change of kind or level is a proposal like any other
 * revision; acts on tables are refused there. */
export const Keys = Extension.create<KeyOptions>({
  name: 'keys',
  priority: 1200,
  addOptions: () => ({ isRevising: () => false, onComment: () => undefined, maySettle: () => false, onPickThread: () => undefined, onFix: () => false }),
  addKeyboardShortcuts() {
    const { editor, options } = this
    const level = (value: 1 | 2 | 3 | 4) => () => chooseBlock(editor, { name: nodeNames.heading, level: value })
    const run = (command: Command) => () => editor.isEditable && command(editor.state, (tr) => editor.view.dispatch(tr))
    const [backspace, forward, enter] = [run(backspaceAtFigure(options.isRevising)), run(deleteAtFigure), run(enterInFigure(options.isRevising))]
    return {
      Enter: () => enter() || (!options.isRevising() && enterAtEnd(editor)),
      Backspace: backspace,
      'Mod-Backspace': backspace,
      'Shift-Backspace': backspace,
      Delete: forward,
      'Mod-Delete': forward,
      Tab: () => currentBlock(editor.state) !== null && shiftLevel(editor, 1),
      'Shift-Tab': () => currentBlock(editor.state) !== null && shiftLevel(editor, -1),
      'Mod-Alt-0': () => chooseBlock(editor, { name: nodeNames.paragraph }),
      'Mod-Alt-1': level(1),
      'Mod-Alt-2': level(2),
      'Mod-Alt-3': level(3),
      'Mod-Alt-4': level(4),
      'Mod-Alt-m': () => {
        options.onComment()
        return true
      },
      'Alt-Enter': () => options.onFix(),
    }
  },
})
