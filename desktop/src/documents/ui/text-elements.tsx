import { adoptionIn, cleanText, nodeNames, type TextElement, textElements, useOfElement, type Elements } from '@xiewen/shared/documents'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { changeMarks } from '@xiewen/shared/documents'
import { goTo } from './editor/create-editor.ts'
import { kindOfNode } from './editor/labels.ts'
import { useQuietState } from './use-quiet-state.ts'

interface Place {
  readonly element: TextElement
  readonly text: string
  readonly position: number
}

/** Elements that are written in the text: what they say now, a way to them, and a way to begin those that are missing. */
export function TextElements({ editor, elements }: { readonly editor: Editor; readonly elements: Elements }) {
  const { t } = useWords()
  const places = useQuietState(editor, placesIn, [])
  const isAdopted = places.some(({ element, text }) => element === 'title-note' && adoptionIn(text) !== null)
  const useOf = (element: TextElement) => useOfElement(element, { kind: elements.kind, format: elements.format, isAdopted })
  const used = textElements.filter((element) => useOf(element) !== 'unused' || places.some((place) => place.element === element))
  return (
    <fieldset>
      <legend>{t('documents.ui.element.in-text')}</legend>
      <dl className="facts">
        {used.map((element) => {
          const here = places.filter((place) => place.element === element)
          const [first] = here
          return (
            <div key={element} className="element-place">
              <dt>
                {t(`documents.ui.block.${element}`)}
                {useOf(element) === 'required' ? <span aria-hidden> *</span> : null}
              </dt>
              <dd>
                {first === undefined ? (
                  editor.isEditable ? (
                    <Button size="small" onClick={() => begin(editor, element)}>
                      {t('documents.ui.element.begin')}
                    </Button>
                  ) : (
                    <span className="soft">{t('documents.ui.element.none')}</span>
                  )
                ) : (
                  <button type="button" className="plain" onClick={() => goTo(editor, first.position + 1)}>
                    {first.text === '' ? t('documents.ui.element.to-fill') : first.text.slice(0, 40)}
                    {here.length > 1 ? t('documents.ui.element.more', { count: here.length }) : ''}
                  </button>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </fieldset>
  )
}

function placesIn(editor: Editor): readonly Place[] {
  const places: Place[] = []
  editor.state.doc.forEach((node, position) => {
    const kind = kindOfNode(node)
    const element = textElements.find((each) => each === kind)
    if (element === undefined) return
    const runs: { text: string; change?: { kind: 'deletion'; id: string; personId: string } }[] = []
    node.forEach((child) => {
      const isDeleted = child.marks.some((mark) => mark.type.name === changeMarks.deletion)
      runs.push({ text: child.text ?? '', ...(isDeleted ? { change: { kind: 'deletion', id: '', personId: '' } } : {}) })
    })
    places.push({ element, text: cleanText(runs).slice(0, 120), position })
  })
  return places
}

/** Puts an empty element where it belongs: before the first one that comes after it in the order of a document. */
function begin(editor: Editor, element: TextElement): void {
  const { doc, schema } = editor.state
  const type = schema.nodes[nodeNames[element]]
  if (!type) return
  const later = textElements.slice(textElements.indexOf(element) + 1)
  const isNearTitle = element === 'title' || element === 'title-note' || element === 'recipients'
  let position = isNearTitle ? endOf(doc, textElements.slice(0, textElements.indexOf(element))) : doc.content.size
  let isFound = isNearTitle
  doc.forEach((node, offset) => {
    const kind = kindOfNode(node)
    if (isFound || !later.some((each) => each === kind)) return
    position = offset
    isFound = true
  })
  const tr = editor.state.tr.insert(position, type.create())
  editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(position + 1))).scrollIntoView())
  editor.view.focus()
}

/** Where the lines at the top end that are elements of these kinds: 主送 stands below title and 题注. */
function endOf(doc: Node, kinds: readonly TextElement[]): number {
  let end = 0
  for (const node of doc.children) {
    const kind = kindOfNode(node)
    if (!kinds.some((each) => each === kind)) break
    end += node.nodeSize
  }
  return end
}
