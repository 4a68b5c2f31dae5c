/** One piece (件): what it is, its parts in order with their digests, checking now, export. */
import { archiveContract, type Part, type PieceCheck, type PieceId, pieceIdSchema, type PieceView } from '@xiewen/shared/archive'
import { Button } from 'antd'
import { useState } from 'react'
import { call, type CallError, isCallError, urlOf, useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, Panel, RefusalNotice } from '../../platform/kit/index.ts'
import type { PageProps } from '../../platform/rooms/index.ts'
import './archive.css'
import { CheckOutcome } from './check-outcome.tsx'

/** The page. */
export function Component({ params }: PageProps) {
  const { t } = useWords()
  const pieceId = pieceIdSchema.safeParse(params['pieceId'])
  return pieceId.success ? <LoadedPiece pieceId={pieceId.data} /> : <EmptyState title={t('archive.not-found')} />
}

function LoadedPiece({ pieceId }: { readonly pieceId: PieceId }) {
  const answer = useQuery(archiveContract.view, { pieceId }, { refreshOn: ['archive'] })
  return <Answer of={answer}>{({ piece }) => <Piece piece={piece} />}</Answer>
}

function Piece({ piece }: { readonly piece: PieceView }) {
  const speech = useWords()
  const { t } = speech
  const [check, setCheck] = useState<PieceCheck | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const verify = async () => {
    setBusy(true)
    setError(null)
    try {
      setCheck((await call(archiveContract.check, { pieceId: piece.id })).check)
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const actions = (
    <>
      <Button type="primary" loading={busy} onClick={() => void verify()}>
        {t('archive.ui.check')}
      </Button>
      <Button href={urlOf(archiveContract.export, { pieceId: piece.id })} download>
        {t('archive.ui.export')}
      </Button>
      {piece.origin === 'incoming' ? null : (
        <Button href={urlOf(archiveContract.evidence, { documentId: piece.documentId })} download>
          {t('archive.ui.evidence-take')}
        </Button>
      )}
    </>
  )
  return (
    <Page title={piece.title} crumbs={[{ label: t('archive.room'), to: '/archive?tab=filed' }]} note={<span className="figures">{piece.number}</span>} actions={actions}>
      <RefusalNotice error={error} />
      {check ? <CheckOutcome check={check} /> : null}
      <PieceFacts piece={piece} />
      <Panel title={t('archive.ui.parts')}>
        <DataTable caption={t('archive.ui.parts')} columns={columnsFor(speech, piece, check)} rows={piece.parts} rowKey={(part) => String(part.place)} empty={null} />
      </Panel>
    </Page>
  )
}

function PieceFacts({ piece }: { readonly piece: PieceView }) {
  const { t, format } = useWords()
  const facts: readonly (readonly [string, string])[] = [
    [t('archive.ui.column.document-number'), piece.documentNumber],
    [t('archive.ui.column.responsible'), piece.responsible],
    [t('archive.ui.column.date'), piece.documentDate === null ? '' : format.civilDate(piece.documentDate)],
    [t('archive.ui.fonds-number'), `${piece.fonds} ${piece.organName}`],
    [t('archive.ui.column.year'), String(piece.year)],
    [t('archive.ui.column.period'), t(`archive.period.${piece.period}`)],
    [t('archive.ui.column.pages'), String(piece.pages)],
    [t('archive.ui.column.filed'), `${format.date(piece.filedAt)} ${format.time(piece.filedAt)} ${piece.filedByName}`],
  ]
  return (
    <Panel title={t('archive.ui.description')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="archive-fact">
            <dt>{name}</dt>
            <dd>{value === '' ? '—' : value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function columnsFor({ t, format }: Speech, piece: PieceView, check: PieceCheck | null): readonly Column<Part>[] {
  return [
    { key: 'place', title: t('archive.ui.column.place'), fit: 'tight', render: (part) => <span className="figures soft">{part.place}</span> },
    { key: 'kind', title: t('archive.ui.column.part'), fit: 'tight', render: (part) => t(`archive.part.${part.kind}`) },
    {
      key: 'name',
      title: t('archive.ui.column.file'),
      role: 'main',
      render: (part) => (
        <a href={urlOf(archiveContract.part, { pieceId: piece.id, place: part.place })} target="_blank" rel="noreferrer">
          {part.name}
        </a>
      ),
    },
    { key: 'size', title: t('archive.ui.column.size'), fit: 'tight', render: (part) => <span className="figures">{format.size(part.sizeBytes)}</span> },
    { key: 'digest', title: t('archive.ui.column.digest'), render: (part) => <span className="archive-digest">{part.digest}</span> },
    { key: 'condition', title: t('archive.ui.column.condition'), fit: 'tight', render: (part) => <Condition part={part} check={check} /> },
  ]
}

function Condition({ part, check }: { readonly part: Part; readonly check: PieceCheck | null }) {
  const { t } = useWords()
  const found = check?.parts.find((each) => each.place === part.place)
  if (!found) return <span className="soft">{t('archive.ui.not-checked')}</span>
  return <Lamp tone={found.condition === 'intact' ? 'green' : 'red'} label={t(`archive.ui.condition.${found.condition}`)} />
}
