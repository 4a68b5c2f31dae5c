import { nodeNames, type TraceView, type Who } from '@xiewen/shared/documents'
import { type CSSProperties, Fragment, useCallback } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { colourOf } from './person-colours.ts'
import { pictureAddress } from './picture-address.ts'
import { PictureAddress, TracedPictures } from './traced-pictures.tsx'
import type { Opened } from './workbench-model.ts'

type TracedBlock = TraceView['blocks'][number]

/** A traced text on its sheet: what was added underlined, what was removed struck, in the colour of whoever did it; what was
 * formatted, merged or made something else is named beside it. With
 * `authors` the colour shows who wrote what stands there. */
export function TraceText({ opened, trace, authors = false }: { readonly opened: Opened; readonly trace: TraceView; readonly authors?: boolean }) {
  const { t } = useWords()
  const addressOf = useCallback((digest: string) => pictureAddress(opened, digest), [opened])
  return (
    <PictureAddress value={addressOf}>
      <div className="paper-sheet" aria-label={t('documents.ui.text')}>
        <div className="tiptap">
          {trace.blocks.map((block, index) => (
            <Line key={`${index}`} block={block} who={trace.who} authors={authors} />
          ))}
        </div>
      </div>
    </PictureAddress>
  )
}

/** Whose colour is whose, for those who cannot point at a word to learn it. */
export function People({ people }: { readonly people: readonly Who[] }) {
  return [...new Map(people.map((who) => [who.personId, who])).values()].map((who) => (
    <span key={who.personId} className="redline-maker" style={{ color: colourOf(who.personId) }}>
      {who.name}
    </span>
  ))
}

interface LineProps {
  readonly block: TracedBlock
  readonly who: readonly Who[]
  readonly authors: boolean
}

function Line({ block, who, authors }: LineProps) {
  const speech = useWords()
  const { t } = speech
  const note = (by: number, words: string, key: string) => <Note key={key} by={who[by]} words={words} />
  return (
    <div className={`block-${nodeNames[block.kind]}${block.kind === 'paragraph' ? ' block-plain' : ''} traced-${block.op}`} data-level={block.level === 0 ? undefined : block.level} data-label={block.label === '' ? undefined : block.label}>
      {block.before === null ? null : note(block.before.by, t('documents.ui.trace.reshaped', { before: shapeWords(block.before, t) }), 'before')}
      {block.shapes.map(({ by, code, params }, index) => note(by, t(`documents.ui.compare.${code}`, params), `${index}`))}
      <TracedPictures pictures={block.pictures} caption={captionOf(block)} who={who} authors={authors} titleOf={(by) => (by === undefined ? undefined : wordsOf(by, speech))} note={(by, words) => <Note by={who[by]} words={words} />} />
      {block.rows.length > 0 ? <TracedTable block={block} who={who} authors={authors} /> : <Parts parts={block.parts} who={who} authors={authors} />}
    </div>
  )
}

/** The words of a figure as they stand, or stood when all of them are gone. */
function captionOf({ op, parts }: TracedBlock): string {
  return parts.flatMap((part) => (part.op === 'removed' && op !== 'removed' ? [] : [part.text])).join('')
}

/** What became of a block beside its letters, and who did it. */
function Note({ by, words }: { readonly by: Who | undefined; readonly words: string }) {
  const speech = useWords()
  return (
    <span className="format-note" title={by === undefined ? undefined : wordsOf(by, speech)}>
      {by === undefined || by.name === '' ? words : speech.t('documents.ui.trace.noted', { words, name: by.name })}
    </span>
  )
}

function TracedTable({ block, who, authors }: LineProps) {
  return (
    <table>
      <tbody>
        {rowsOf(block).map((row, index) => (
          <tr key={`${index}`} className={`traced-${row.op}`}>
            {row.cells.map(({ cell, parts }, at) => {
              const Cell = cell.isHeader ? 'th' : 'td'
              return (
                <Cell key={`${at}`} colSpan={cell.columns} rowSpan={cell.rows} className={`traced-${cell.op}`}>
                  <Parts parts={parts} who={who} authors={authors} />
                </Cell>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The cells of a traced table with the parts each holds. */
function rowsOf({ rows, parts }: TracedBlock) {
  let taken = 0
  return rows.map(({ op, cells }) => ({
    op,
    cells: cells.map((cell) => {
      const from = taken
      taken += cell.parts
      return { cell, parts: parts.slice(from, taken) }
    }),
  }))
}

function Parts({ parts, who, authors }: Omit<LineProps, 'block'> & { readonly parts: TracedBlock['parts'] }) {
  const speech = useWords()
  return parts.map((part, index) => {
    const by = who[part.by]
    const style: CSSProperties | undefined = by === undefined ? undefined : { color: colourOf(by.personId), borderColor: colourOf(by.personId) }
    const title = by === undefined ? undefined : wordsOf(by, speech)
    const text = part.bold ? <b>{part.text}</b> : part.text
    const key = `${index}`
    if (part.op === 'added' && !authors) return <ins key={key} style={style} title={title}>{text}</ins>
    if (part.op === 'removed') return <del key={key} style={style} title={title}>{text}</del>
    if (authors) return <span key={key} style={style} title={title}>{text}</span>
    if (part.format === null) return <Fragment key={key}>{text}</Fragment>
    return (
      <Fragment key={key}>
        <span className="format-change">{text}</span>
        <Note by={who[part.format.by]} words={speech.t(`documents.ui.compare.${part.format.to}`)} />
      </Fragment>
    )
  })
}

/** What a block was, in words. */
export function shapeWords(shape: { readonly kind: string; readonly level: number }, t: (key: string) => string): string {
  return t(shape.kind === 'heading' ? `documents.ui.block.heading${shape.level || 1}` : shape.kind === 'table' || shape.kind === 'figure' ? `documents.block.${shape.kind}` : `documents.ui.block.${shape.kind}`)
}

function wordsOf(who: Who, { t, format }: ReturnType<typeof useWords>): string {
  return [who.name, who.post, who.step === '' ? '' : t(who.step), format.moment(who.at)].filter((part) => part !== '').join(' · ')
}
