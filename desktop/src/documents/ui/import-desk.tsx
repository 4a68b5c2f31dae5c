import { cleanText, type DocumentKind, deriveLabels, documentKinds, documentsContract, blockText } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, Notice, Panel, RefusalNotice } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'
import { DrawnPages } from './drawn-pages.tsx'
import { ElementsFacts } from './elements-facts.tsx'
import { type BlockChoice, blockChoices, blockOf, choiceOf, type DraftDocument, putBack, type Recognised, remove, type ReportEntry, retype } from './import-model.ts'

/** 核对导入: the report beside the result; every guess can be set right before there is a draft. */
export function ImportDesk({ recognised, onAgain }: { readonly recognised: Recognised; readonly onAgain: () => void }) {
  const { t } = useWords()
  const [document, setDocument] = useState<DraftDocument>(recognised.document)
  const [settled, setSettled] = useState<readonly ReportEntry[]>([])
  const create = useCommand(documentsContract.createFrom)
  const begin = async () => {
    const made = await create.run({ document, file: recognised.file })
    if (made) navigate(`/documents/${made.documentId}`)
  }
  const settle = (entry: ReportEntry, next: DraftDocument) => {
    setDocument(next)
    setSettled([...settled, entry])
  }
  const open = recognised.report.guessed.filter((entry) => !settled.includes(entry))
  return (
    <>
      <Notice kind={open.length === 0 ? 'success' : 'warning'}>{t(open.length === 0 ? 'documents.ui.desk.clear' : 'documents.ui.desk.check', { count: open.length })}</Notice>
      <CommentsKept entries={recognised.report.recognised} />
      <div className="row import-actions">
        <Button type="primary" loading={create.busy} onClick={() => void begin()}>
          {t('documents.ui.desk.begin')}
        </Button>
        <Button onClick={onAgain}>{t('documents.ui.desk.again')}</Button>
      </div>
      <RefusalNotice error={create.error} />
      <div className="import-desk">
        <div>
          <Guesses entries={open} document={document} onSettle={settle} />
          <Dropped entries={recognised.report.dropped.filter((entry) => !settled.includes(entry))} onBack={(entry) => settle(entry, putBack(document, entry.text))} />
          <Panel title={t('documents.ui.desk.elements')}>
            <ElementsFacts elements={document.elements} number={null} />
          </Panel>
        </div>
        <div>
          <Result document={document} guessed={open} onChange={setDocument} />
          <Panel title={t('documents.ui.template.preview')}>
            <DrawnPages document={document} />
          </Panel>
        </div>
      </div>
    </>
  )
}

/** Comments of a Word file come along beside the text: how many, and whose the file says they are. */
function CommentsKept({ entries }: { readonly entries: readonly ReportEntry[] }) {
  const { t } = useWords()
  const kept = entries.filter(({ topic }) => topic === 'comment-kept').map(({ text }) => ({ author: text.replace(/ \d+$/, ''), count: Number(/\d+$/.exec(text)?.[0] ?? 0) }))
  if (kept.length === 0) return null
  const people = kept.map(({ author, count }) => `${author === '' ? t('documents.ui.revision.word-nobody') : author} ${count}`)
  return <Notice kind="info">{t('documents.ui.desk.comments', { count: kept.reduce((sum, { count }) => sum + count, 0), people: people.slice(0, 12).join('、') })}</Notice>
}

interface GuessesProps {
  readonly entries: readonly ReportEntry[]
  readonly document: DraftDocument
  readonly onSettle: (entry: ReportEntry, next: DraftDocument) => void
}

function Guesses({ entries, document, onSettle }: GuessesProps) {
  const { t } = useWords()
  return (
    <Panel title={t('documents.ui.report.guessed', { count: entries.length })}>
      {entries.length === 0 ? <p className="soft">{t('documents.ui.report.no-guess')}</p> : null}
      <ul className="desk-list">
        {entries.slice(0, 200).map((entry) => {
          const index = blockOf(document, entry)
          return (
            <li key={`${entry.topic}${entry.line}${entry.text}`}>
              <p>{t(`documents.import.${entry.topic}`)}</p>
              <p className="soft small">{entry.text}</p>
              <div className="row">
                {entry.topic === 'kind' ? (
                  <KindChoice document={document} onChange={(next) => onSettle(entry, next)} />
                ) : index >= 0 ? (
                  <BlockKind document={document} index={index} onChange={(next) => onSettle(entry, next)} />
                ) : null}
                <Button size="small" onClick={() => onSettle(entry, document)}>
                  {t('documents.ui.desk.right')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function KindChoice({ document, onChange }: { readonly document: DraftDocument; readonly onChange: (next: DraftDocument) => void }) {
  const { t } = useWords()
  return (
    <Field label={t('documents.ui.kind')}>
      {(control) => (
        <Select<DocumentKind>
          {...control}
          value={document.elements.kind}
          onChange={(kind) => onChange({ ...document, elements: { ...document.elements, kind } })}
          options={documentKinds.map((kind) => ({ value: kind, label: kind }))}
        />
      )}
    </Field>
  )
}

/** The choice of what a block is. */
function BlockKind({ document, index, onChange }: { readonly document: DraftDocument; readonly index: number; readonly onChange: (next: DraftDocument) => void }) {
  const { t } = useWords()
  const block = document.blocks[index]
  const choice = block ? choiceOf(block) : null
  if (!block) return null
  if (choice === null) return <span className="soft small">{t(`documents.block.${block.kind}`)}</span>
  const label = (each: BlockChoice): string => (each.startsWith('heading ') ? t('documents.ui.desk.heading', { level: each.slice(-1) }) : t(`documents.block.${each}`))
  return (
    <Select<BlockChoice>
      size="small"
      aria-label={t('documents.ui.desk.kind-of', { text: blockText(block).slice(0, 12) })}
      value={choice}
      popupMatchSelectWidth={false}
      onChange={(next) => onChange(retype(document, index, next))}
      options={blockChoices.map((each) => ({ value: each, label: label(each) }))}
    />
  )
}

function Dropped({ entries, onBack }: { readonly entries: readonly ReportEntry[]; readonly onBack: (entry: ReportEntry) => void }) {
  const { t } = useWords()
  return (
    <Panel title={t('documents.ui.report.dropped', { count: entries.length })}>
      {entries.length === 0 ? <p className="soft">{t('documents.ui.report.no-drop')}</p> : null}
      <ul className="desk-list">
        {entries.slice(0, 200).map((entry) => (
          <li key={`${entry.topic}${entry.line}${entry.text}`}>
            <p>{t(`documents.import.${entry.topic}`)}</p>
            <p className="soft small">{entry.text}</p>
            {entry.text === '' || entry.topic === 'macro' || entry.topic === 'number' ? null : (
              <Button size="small" onClick={() => onBack(entry)}>
                {t('documents.ui.desk.put-back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Most blocks shown; a longer text is corrected in the draft. */
const mostShown = 300

function Result({ document, guessed, onChange }: { readonly document: DraftDocument; readonly guessed: readonly ReportEntry[]; readonly onChange: (next: DraftDocument) => void }) {
  const { t } = useWords()
  const labels = useMemo(() => deriveLabels(document.blocks), [document])
  const doubtful = useMemo(() => new Set(guessed.map((entry) => blockOf(document, entry))), [document, guessed])
  return (
    <Panel title={t('documents.ui.desk.result')}>
      <ol className="desk-result">
        {document.blocks.slice(0, mostShown).map((block, index) => (
          <li key={`${index} ${block.kind}`} className={doubtful.has(index) ? 'doubtful' : ''}>
            <BlockKind document={document} index={index} onChange={onChange} />
            <span className={`desk-text desk-${block.kind}`}>
              {labels[index] ?? ''}
              {block.kind === 'figure' ? t('documents.ui.desk.picture', { width: block.image.widthPx, height: block.image.heightPx }) : ''}
              {block.kind === 'table' ? <TableText rows={block.rows} /> : blockText(block)}
            </span>
            <Button type="text" size="small" aria-label={t('documents.ui.desk.remove', { text: blockText(block).slice(0, 12) })} onClick={() => onChange(remove(document, index))}>
              ×
            </Button>
          </li>
        ))}
      </ol>
      {document.blocks.length > mostShown ? <p className="soft">{t('documents.ui.desk.more', { count: document.blocks.length - mostShown })}</p> : null}
    </Panel>
  )
}

/** Most rows of a table shown; the others come along all the same. */
const mostRows = 8

/** A table of the result, small. */
function TableText({ rows }: { readonly rows: Extract<DraftDocument['blocks'][number], { kind: 'table' }>['rows'] }) {
  const { t } = useWords()
  return (
    <>
      <table className="desk-rows">
        <tbody>
          {rows.slice(0, mostRows).map((row, index) => (
            // Rows of a table have nothing else to be told apart by, and none is ever moved here.
            <tr key={index}>
              {row.cells.map((cell, column) => (
                <td key={column} colSpan={cell.columns} rowSpan={cell.rows ?? 1}>
                  {cleanText(cell.runs)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows ? <span className="soft small">{t('documents.ui.desk.more-rows', { count: rows.length - mostRows })}</span> : null}
    </>
  )
}
