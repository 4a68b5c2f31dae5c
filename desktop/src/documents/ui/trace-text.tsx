import { nodeNames, type TraceView, type Who } from '@xiewen/shared/documents'
import type { CSSProperties } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { colourOf } from './person-colours.ts'

type TracedBlock = TraceView['blocks'][number]

/** A traced text on its sheet: what was added underlined, what was removed struck, in the colour of whoever did it. With
 * `authors` the colour shows who wrote what stands there. */
export function TraceText({ trace, authors = false }: { readonly trace: TraceView; readonly authors?: boolean }) {
  const { t } = useWords()
  return (
    <div className="paper-sheet" aria-label={t('documents.ui.text')}>
      <div className="tiptap">
        {trace.blocks.map((block, index) => (
          <Line key={`${index}`} block={block} who={trace.who} authors={authors} />
        ))}
      </div>
    </div>
  )
}

function Line({ block, who, authors }: { readonly block: TracedBlock; readonly who: readonly Who[]; readonly authors: boolean }) {
  const speech = useWords()
  const { t } = speech
  return (
    <div className={`block-${nodeNames[block.kind]}${block.kind === 'paragraph' ? ' block-plain' : ''} traced-${block.op}`} data-level={block.level === 0 ? undefined : block.level} data-label={block.label === '' ? undefined : block.label}>
      {block.before === null ? null : <span className="format-note">{t('documents.ui.trace.reshaped', { before: shapeWords(block.before, t) })}</span>}
      {block.parts.map((part, index) => {
        const by = who[part.by]
        const style: CSSProperties | undefined = by === undefined ? undefined : { color: colourOf(by.personId), borderColor: colourOf(by.personId) }
        const title = by === undefined ? undefined : wordsOf(by, speech)
        if (part.op === 'added' && !authors) return <ins key={`${index}`} style={style} title={title}>{part.text}</ins>
        if (part.op === 'removed') return <del key={`${index}`} style={style} title={title}>{part.text}</del>
        return authors ? <span key={`${index}`} style={style} title={title}>{part.text}</span> : part.text
      })}
    </div>
  )
}

/** What a block was, in words. */
export function shapeWords(shape: { readonly kind: string; readonly level: number }, t: (key: string) => string): string {
  return t(shape.kind === 'heading' ? `documents.ui.block.heading${shape.level || 1}` : shape.kind === 'table' || shape.kind === 'figure' ? `documents.block.${shape.kind}` : `documents.ui.block.${shape.kind}`)
}

function wordsOf(who: Who, { t, format }: ReturnType<typeof useWords>): string {
  return [who.name, who.post, who.step === '' ? '' : t(who.step), format.moment(who.at)].filter((part) => part !== '').join(' · ')
}
