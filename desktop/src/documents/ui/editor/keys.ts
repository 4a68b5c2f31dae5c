/** Keys of the editor: Enter, Tab, levels, fixes. */
import { Extension } from '@tiptap/core'
import { nodeNames } from '@xiewen/shared/documents'
import { chooseBlock, currentBlock, enterAtEnd, shiftLevel } from './block-commands.ts'

/** What keys may ask of the page. */
export interface KeyOptions {
  readonly isRevising: () => boolean
  /** Structure cannot be changed in revision mode: told so. */
  readonly onStructureRefused: () => void
  /** Repairs the finding at the cursor (Alt+Enter). */
  readonly onFix: () => boolean
}

/** The extension. In tables the keys are left to the tables. Structure keys are refused in revision mode: only words can be marked as changed. */
export const Keys = Extension.create<KeyOptions>({
  name: 'keys',
  priority: 1200,
  addOptions: () => ({ isRevising: () => false, onStructureRefused: () => undefined, onFix: () => false }),
  addKeyboardShortcuts() {
    const { editor, options } = this
    const structure = (act: () => boolean) => (): boolean => {
      if (!options.isRevising()) return act()
      options.onStructureRefused()
      return true
    }
    const level = (value: 1 | 2 | 3 | 4) => structure(() => chooseBlock(editor, { name: nodeNames.heading, level: value }))
    return {
      Enter: () => !options.isRevising() && enterAtEnd(editor),
      Tab: () => currentBlock(editor.state) !== null && structure(() => shiftLevel(editor, 1))(),
      'Shift-Tab': () => currentBlock(editor.state) !== null && structure(() => shiftLevel(editor, -1))(),
      'Mod-Alt-0': structure(() => chooseBlock(editor, { name: nodeNames.paragraph })),
      'Mod-Alt-1': level(1),
      'Mod-Alt-2': level(2),
      'Mod-Alt-3': level(3),
      'Mod-Alt-4': level(4),
      'Alt-Enter': () => options.onFix(),
    }
  },
})
