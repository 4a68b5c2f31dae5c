import { EditorContent } from '@tiptap/react'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState } from '../../platform/kit/index.ts'
import type { Desk } from './workbench-model.ts'

/** The text on its sheet. In 清稿 revisions are hidden as if accepted. */
export function Paper({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  if (desk.editor === null) return <LoadingState />
  return (
    <div className={`sheet-scroll mode-${desk.mode}`}>
      <div className="paper-sheet" aria-label={t('documents.ui.text')}>
        <EditorContent editor={desk.editor} />
      </div>
    </div>
  )
}
