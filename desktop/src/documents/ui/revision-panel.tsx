import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { documentsContract } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { colourOf, goTo } from './editor/create-editor.ts'
import { settledMeta } from './editor/revision.ts'
import { type ChangeChoice, type ChangeView, listChanges, settleChanges } from './editor/settle-changes.ts'
import type { Desk } from './workbench-model.ts'

/** 修订: who changed what; accept or reject one, all, or one person's. */
export function RevisionPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { editor } = desk
  const [personId, setPersonId] = useState('')
  const changes = useEditorState({ editor, selector: ({ editor: each }) => (each === null ? [] : listChanges(each.state.doc)), equalityFn: (a, b) => JSON.stringify(a) === JSON.stringify(b) }) ?? []
  const names = useNames(desk, changes)
  if (editor === null || changes.length === 0) return <EmptyState title={t('documents.ui.revision.none')} hint={t('documents.ui.revision.none-hint')} />
  const people = [...new Set(changes.map((change) => change.personId))]
  const shown = changes.filter((change) => personId === '' || change.personId === personId)
  const choice: ChangeChoice = personId === '' ? { kind: 'all' } : { kind: 'person', personId }
  const maySettle = desk.opened.right === 'edit' && editor.isEditable
  return (
    <>
      <div className="row">
        <Select
          aria-label={t('documents.ui.revision.person')}
          value={personId}
          onChange={setPersonId}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('documents.ui.revision.everybody', { count: changes.length }) }, ...people.map((id) => ({ value: id, label: names.get(id) ?? t('documents.ui.revision.somebody') }))]}
        />
        {maySettle ? (
          <>
            <Button size="small" onClick={() => settle(editor, 'accept', choice)}>
              {t('documents.ui.revision.accept-all')}
            </Button>
            <Button size="small" onClick={() => settle(editor, 'reject', choice)}>
              {t('documents.ui.revision.reject-all')}
            </Button>
          </>
        ) : null}
      </div>
      {maySettle ? null : <p className="soft small">{t('documents.ui.revision.own-only')}</p>}
      <ol className="plain-list changes">
        {shown.map((change) => (
          <ChangeItem key={change.id} change={change} editor={editor} name={names.get(change.personId) ?? t('documents.ui.revision.somebody')} maySettle={maySettle} />
        ))}
      </ol>
    </>
  )
}

function ChangeItem({ change, editor, name, maySettle }: { readonly change: ChangeView; readonly editor: Editor; readonly name: string; readonly maySettle: boolean }) {
  const { t } = useWords()
  const session = useSession()
  const mayReject = maySettle || (change.personId === session.personId && editor.isEditable)
  return (
    <li style={{ borderLeftColor: colourOf(change.personId) }}>
      <button type="button" className="plain" onClick={() => goTo(editor, change.from)}>
        <span className="strong">{name}</span>
        {change.deleted === '' ? null : <del>{change.deleted.slice(0, 80)}</del>}
        {change.inserted === '' ? null : <ins>{change.inserted.slice(0, 80)}</ins>}
      </button>
      <div className="row">
        {maySettle ? (
          <Button size="small" onClick={() => settle(editor, 'accept', { kind: 'one', id: change.id })}>
            {t('documents.ui.revision.accept')}
          </Button>
        ) : null}
        {mayReject ? (
          <Button size="small" onClick={() => settle(editor, 'reject', { kind: 'one', id: change.id })}>
            {t(maySettle ? 'documents.ui.revision.reject' : 'documents.ui.revision.withdraw')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

function settle(editor: Editor, verdict: 'accept' | 'reject', choice: ChangeChoice): void {
  const tr = settleChanges(editor.state, verdict, choice)
  if (tr) editor.view.dispatch(tr.setMeta(settledMeta, true))
}

/** Names of the people whose changes are in the text: the server knows them. */
function useNames(desk: Desk, changes: readonly ChangeView[]): ReadonlyMap<string, string> {
  const session = useSession()
  const others = changes.some((change) => change.personId !== session.personId)
  const redline = useQuery(documentsContract.redline, { documentId: desk.opened.document.id }, { enabled: others })
  const known: (readonly [string, string])[] = redline.kind === 'ready' ? redline.data.people.map((person) => [person.personId, person.name] as const) : []
  const present = [...desk.live.awareness.getStates().values()].flatMap(({ ['user']: user }) => (typeof user === 'object' && user !== null && 'personId' in user && 'name' in user ? [[String(user.personId), String(user.name)] as const] : []))
  return new Map([...known, ...present, [session.personId, session.name]])
}
