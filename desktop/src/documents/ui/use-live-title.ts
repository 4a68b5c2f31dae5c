import { changeMarks, nodeNames } from '@xiewen/shared/documents'
import { useQuietState } from './use-quiet-state.ts'
import type { Desk } from './workbench-model.ts'

/** The title as it stands in the text now, revisions read as accepted; what the server last told until the text has arrived. */
export function useLiveTitle(desk: Desk): string {
  const known = desk.opened.document.title
  const live = useQuietState<string | null>(desk.editor, (editor) => titleIn(editor.state.doc), null)
  return live ?? known
}

type Doc = NonNullable<Desk['editor']>['state']['doc']

function titleIn(doc: Doc): string {
  let title: string | null = null
  doc.forEach((node) => {
    if (title !== null || node.type.name !== nodeNames.title) return
    title = ''
    node.forEach((child) => {
      if (!child.marks.some((mark) => mark.type.name === changeMarks.deletion)) title += child.text ?? ''
    })
  })
  return (title ?? '').replaceAll(/\s+/g, '')
}
