/** What stands around the editor: finding, the sheet of keys, the painter's state, where pictures are. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import type { PageHooks } from './editor/create-editor.ts'
import type { PasteReport } from './editor/paste.ts'
import { pictureAddress } from './picture-address.ts'
import type { Opened } from './workbench-model.ts'

/** The helps of one page. */
export interface EditorHelps {
  readonly hooks: Pick<PageHooks, 'onFind' | 'onHelp' | 'onBrush' | 'pictureAddress' | 'brokenPicture' | 'onPasted'>
  readonly finding: 'find' | 'replace' | null
  readonly stopFinding: () => void
  readonly isHelpOpen: boolean
  readonly closeHelp: () => void
  readonly isBrushLoaded: boolean
  /** What the last paste did, until it is put away. */
  readonly pasted: PasteReport | null
  readonly forgetPaste: () => void
}

/** Keeps the state of the helps. */
export function useEditorHelps(opened: Opened): EditorHelps {
  const { t } = useWords()
  const [finding, setFinding] = useState<EditorHelps['finding']>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [isBrushLoaded, setBrushLoaded] = useState(false)
  const [pasted, setPasted] = useState<PasteReport | null>(null)
  const now = useRef({ opened, t })
  now.current = { opened, t }
  useEffect(() => {
    // Help is wanted wherever the cursor is.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F1') return
      event.preventDefault()
      setHelpOpen(true)
    }
    globalThis.addEventListener('keydown', onKey)
    return () => globalThis.removeEventListener('keydown', onKey)
  }, [])
  const hooks = useMemo(
    (): EditorHelps['hooks'] => ({
      onFind: (replacing) => setFinding(replacing ? 'replace' : 'find'),
      onHelp: () => setHelpOpen(true),
      onBrush: setBrushLoaded,
      onPasted: setPasted,
      pictureAddress: (digest) => pictureAddress(now.current.opened, digest),
      brokenPicture: () => now.current.t('documents.ui.figure.broken'),
    }),
    [],
  )
  return { hooks, finding, stopFinding: () => setFinding(null), isHelpOpen, closeHelp: () => setHelpOpen(false), isBrushLoaded, pasted, forgetPaste: () => setPasted(null) }
}
