import type { Editor } from '@tiptap/core'
import { documentsContract, type ForeignAuthor, nodeNames, type Who } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { EmptyState } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { goTo } from './editor/create-editor.ts'
import { settledMeta } from './editor/revision.ts'
import { type ChangeChoice, type ChangeView, listChanges, oneChange, settleChanges, type Shape } from './editor/settle-changes.ts'
import { colourOf } from './person-colours.ts'
import { shapeWords } from './trace-text.tsx'
import { useSavedSeq } from './use-live-document.ts'
import { useQuietState } from './use-quiet-state.ts'
import type { Desk } from './workbench-model.ts'

/** A change with whoever the server says made it. */
interface Told {
  readonly change: ChangeView
  readonly who: Who
  /** What a Word file says, when the change came from one. */
  readonly foreign: ForeignAuthor | null
}

/** 修订: who changed what, in which post, at which step and when; accept or reject one, what is selected, or all that is shown. */
export function RevisionPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { editor } = desk
  const [chosenPerson, setPersonId] = useState('')
  const [chosenStep, setStep] = useState('')
  const told = useTold(desk)
  if (editor === null || told.length === 0) return <EmptyState title={t('documents.ui.revision.none')} hint={t('documents.ui.revision.none-hint')} />
  const people = new Map(told.map(({ who }) => [who.personId, who.name === '' ? t('documents.ui.revision.somebody') : who.name]))
  const steps = [...new Set(told.map(({ who }) => who.step))].filter((each) => each !== '')
  // Whoever has nothing left in the text is not asked for any more.
  const personId = people.has(chosenPerson) ? chosenPerson : ''
  const step = steps.includes(chosenStep) ? chosenStep : ''
  const shown = told.filter(({ who }) => (personId === '' || who.personId === personId) && (step === '' || who.step === step))
  const maySettle = desk.opened.right === 'edit' && editor.isEditable
  return (
    <>
      <div className="row">
        <Select
          aria-label={t('documents.ui.revision.person')}
          value={personId}
          onChange={setPersonId}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('documents.ui.revision.everybody', { count: told.length }) }, ...[...people].map(([value, label]) => ({ value, label }))]}
        />
        {steps.length > 1 ? <Select aria-label={t('documents.ui.redline.step')} value={step} onChange={setStep} popupMatchSelectWidth={false} options={[{ value: '', label: t('documents.ui.redline.any-step') }, ...steps.map((value) => ({ value, label: t(value) }))]} /> : null}
      </div>
      {maySettle ? <SettleAll editor={editor} shown={shown} isFiltered={shown.length < told.length} /> : <p className="soft small">{t('documents.ui.revision.own-only')}</p>}
      <ol className="plain-list changes">
        {shown.map(({ change, who, foreign }) => (
          <ChangeItem key={change.id} change={change} who={who} foreign={foreign} editor={editor} maySettle={maySettle} />
        ))}
      </ol>
    </>
  )
}

function SettleAll({ editor, shown, isFiltered }: { readonly editor: Editor; readonly shown: readonly Told[]; readonly isFiltered: boolean }) {
  const { t } = useWords()
  const choice: ChangeChoice = isFiltered ? { kind: 'some', ids: new Set(shown.map(({ change }) => change.id)) } : { kind: 'all' }
  const inSelection = () => {
    const { from, to } = editor.state.selection
    return { kind: 'range', from, to } as const
  }
  return (
    <div className="row">
      <Button size="small" onClick={() => settle(editor, 'accept', choice)}>
        {t(isFiltered ? 'documents.ui.revision.accept-shown' : 'documents.ui.revision.accept-all')}
      </Button>
      <Button size="small" danger onClick={() => settle(editor, 'reject', choice)}>
        {t(isFiltered ? 'documents.ui.revision.reject-shown' : 'documents.ui.revision.reject-all')}
      </Button>
      <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={() => settle(editor, 'accept', inSelection())}>
        {t('documents.ui.revision.accept-selected')}
      </Button>
      <Button size="small" danger onMouseDown={(event) => event.preventDefault()} onClick={() => settle(editor, 'reject', inSelection())}>
        {t('documents.ui.revision.reject-selected')}
      </Button>
    </div>
  )
}

function ChangeItem({ change, who, foreign, editor, maySettle }: Told & { readonly editor: Editor; readonly maySettle: boolean }) {
  const { t, format } = useWords()
  const session = useSession()
  const mayReject = maySettle || (who.personId === session.personId && editor.isEditable)
  return (
    <li style={{ borderLeftColor: colourOf(who.personId) }}>
      <button type="button" className="plain" onClick={() => goTo(editor, change.from)}>
        <span className="strong">{who.name === '' ? t('documents.ui.revision.somebody') : who.name}</span> <span className="soft small">{who.post}</span>
        <span className="soft small block">
          {who.step === '' ? '' : `${t(who.step)} · `}
          {who.at === 0 ? t('documents.ui.revision.just-now') : format.moment(who.at)}
        </span>
        {foreign === null ? null : <FromWord foreign={foreign} />}
        {change.deleted === '' ? null : <del>{change.deleted.slice(0, 80)}</del>}
        {change.inserted === '' ? null : <ins>{change.inserted.slice(0, 80)}</ins>}
        {change.reformatted === '' ? null : <span className="format-note">{t('documents.ui.revision.bold', { words: change.reformatted.slice(0, 40) })}</span>}
        {change.reshaped === null ? null : <span className="format-note">{t('documents.ui.revision.reshaped', { before: shapeWords(shapeOf(change.reshaped.before), t), after: shapeWords(shapeOf(change.reshaped.after), t), words: change.reshaped.text.slice(0, 20) })}</span>}
      </button>
      <div className="row">
        {maySettle ? (
          <Button size="small" onClick={() => settle(editor, 'accept', oneChange(change.id))}>
            {t('documents.ui.revision.accept')}
          </Button>
        ) : null}
        {mayReject ? (
          <Button size="small" danger onClick={() => settle(editor, 'reject', oneChange(change.id))}>
            {t(maySettle ? 'documents.ui.revision.reject' : 'documents.ui.revision.withdraw')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

/** The file's own words, beside the account that brought it in: never in its place. */
function FromWord({ foreign }: { readonly foreign: ForeignAuthor }) {
  const { t } = useWords()
  const author = foreign.author === '' ? t('documents.ui.revision.word-nobody') : foreign.author
  // As the file writes it: Word's clock mostly names no true zone, so nothing is converted.
  const at = foreign.saidAt.slice(0, 16).replace('T', ' ')
  return (
    <span className="soft small block" title={t('documents.ui.revision.from-word-hint')}>
      {t('documents.ui.revision.from-word', { author })}
      {at === '' ? '' : ` · ${at}`}
    </span>
  )
}

const kindByName = new Map<string, string>(Object.entries(nodeNames).map(([kind, name]) => [name, kind]))

function shapeOf({ name, level }: Shape): { readonly kind: string; readonly level: number } {
  return { kind: kindByName.get(name) ?? 'paragraph', level }
}

/** Accepts or rejects in the text. */
export function settle(editor: Editor, verdict: 'accept' | 'reject', choice: ChangeChoice): void {
  const tr = settleChanges(editor.state, verdict, choice)
  if (tr) editor.view.dispatch(tr.setMeta(settledMeta, true))
}

/** The changes in the text with their makers: the server's log knows who sent them. What is not there yet is one's own, or a
 * colleague's of this moment. */
function useTold(desk: Desk): readonly Told[] {
  const session = useSession()
  const changes = useQuietState(desk.editor, (editor) => listChanges(editor.state.doc), [])
  const seq = useSavedSeq(desk.live)
  const answer = useQuery(documentsContract.changes, { documentId: desk.opened.document.id }, { enabled: changes.length > 0 })
  const { reload } = answer
  useEffect(() => {
    const timer = setTimeout(reload, 600)
    return () => clearTimeout(timer)
  }, [seq, changes, reload])
  return useMemo(() => {
    const makers = new Map(answer.kind === 'ready' ? answer.data.changes.map((who) => [who.id, who]) : [])
    const unknown = (personId: string): Who => ({ personId, name: personId === session.personId ? session.name : '', post: '', step: '', at: 0 })
    return changes.map((change) => {
      const maker = makers.get(change.id)
      return { change, who: maker ?? unknown(change.personId), foreign: maker?.foreign ?? null }
    })
  }, [answer, changes, session.personId, session.name])
}
