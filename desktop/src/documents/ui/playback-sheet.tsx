import { documentsContract, type Moment, type TraceView } from '@xiewen/shared/documents'
import { Button, Segmented, Slider } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Sheet } from '../../platform/kit/index.ts'
import { People, TraceText } from './trace-text.tsx'
import type { Desk, Opened } from './workbench-model.ts'

const playMs = 1_500

/** 回放: the text as it came about, stretch by stretch, with who and when; or who wrote what stands at that moment. */
export function PlaybackSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const answer = useQuery(documentsContract.moments, { documentId: desk.opened.document.id })
  return (
    <Sheet open wide title={t('documents.ui.playback')} onClose={onClose}>
      <Answer of={answer}>
        {({ moments }) => (moments.length === 0 ? <EmptyState title={t('documents.ui.playback.none')} /> : <Player desk={desk} moments={moments} />)}
      </Answer>
    </Sheet>
  )
}

function Player({ desk, moments }: { readonly desk: Desk; readonly moments: readonly Moment[] }) {
  const { t, format } = useWords()
  const [index, setIndex] = useState(moments.length - 1)
  const [playing, setPlaying] = useState(false)
  const [view, setView] = useState<'changes' | 'authors'>('changes')
  const moment = moments[Math.min(index, moments.length - 1)]
  const isLast = index >= moments.length - 1
  const seq = moment?.seq ?? 0
  const from = view === 'authors' ? 0 : (moment?.before ?? 0)
  const input = useMemo(() => ({ documentId: desk.opened.document.id, from, to: seq }), [desk.opened.document.id, from, seq])
  const trace = useQuery(documentsContract.trace, input)
  useEffect(() => {
    // The next step waits until this one is on screen.
    if (!playing || trace.kind !== 'ready') return
    if (isLast) return setPlaying(false)
    const timer = setTimeout(() => setIndex((at) => at + 1), playMs)
    return () => clearTimeout(timer)
  }, [playing, isLast, trace.kind, index])
  if (moment === undefined) return null
  const play = () => {
    if (isLast) setIndex(0)
    setPlaying(!playing)
  }
  return (
    <>
      <div className="row playback-bar">
        <Button disabled={moments.length === 1} onClick={play}>{t(playing ? 'documents.ui.playback.pause' : 'documents.ui.playback.play')}</Button>
        <Button disabled={index === 0} onClick={() => setIndex(index - 1)}>
          {t('documents.ui.playback.back')}
        </Button>
        <Button disabled={isLast} onClick={() => setIndex(index + 1)}>
          {t('documents.ui.playback.on')}
        </Button>
        <Segmented aria-label={t('documents.ui.playback.view')} value={view} onChange={setView} options={(['changes', 'authors'] as const).map((value) => ({ value, label: t(`documents.ui.playback.${value}`) }))} />
      </div>
      <Slider aria-label={t('documents.ui.playback.moment')} min={0} max={Math.max(1, moments.length - 1)} value={index} disabled={moments.length === 1} onChange={setIndex} tooltip={{ formatter: null }} />
      <p aria-live="polite" className="playback-who">
        {t('documents.ui.playback.who', { index: index + 1, count: moments.length })} <span className="strong">{moment.name}</span> {moment.post}
        {moment.step === '' ? '' : ` · ${t(moment.step)}`} · {format.moment(moment.at)}
      </p>
      <Answer of={trace}>
        {(data) => <Played opened={desk.opened} trace={data} authors={view === 'authors'} />}
      </Answer>
    </>
  )
}

/** The text of one step. It may have changed a page far below: whoever plays a long text back is to see it without looking for it. */
function Played({ opened, trace, authors }: { readonly opened: Opened; readonly trace: TraceView; readonly authors: boolean }) {
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [sheet, change] = [text.current, text.current?.querySelector('ins, del, .format-note, .traced-added, .traced-removed')]
    if (sheet && change && !authors) sheet.scrollTop += change.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3
  }, [trace, authors])
  return (
    <>
      {authors ? (
        <p className="soft small">
          <People people={trace.who} />
        </p>
      ) : null}
      <div className="playback-text mode-redline" ref={text}>
        <TraceText opened={opened} trace={trace} authors={authors} />
      </div>
    </>
  )
}
