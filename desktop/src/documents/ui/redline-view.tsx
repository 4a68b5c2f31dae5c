import { documentsContract, type TraceView, type Who } from '@xiewen/shared/documents'
import { Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer } from '../../platform/kit/index.ts'
import { People, TraceText } from './trace-text.tsx'
import { useSavedSeq } from './use-live-document.ts'
import type { Desk } from './workbench-model.ts'

/** 花脸稿: everything changed since a version, settled or still pending, with who, which post, which step and when. It is drawn
 * from the server's log, so it can be had again at any time, after 签发 too. */
export function RedlineView({ desk }: { readonly desk: Desk }) {
  const { t, format } = useWords()
  const { document, versions } = desk.opened
  const [from, setFrom] = useState<number>(() => versions.find((version) => version.name.startsWith('初稿'))?.seq ?? versions[0]?.seq ?? 0)
  const [personId, setPersonId] = useState('')
  const [step, setStep] = useState('')
  const seq = useSavedSeq(desk.live)
  const whole = useMemo(() => ({ documentId: document.id, from }), [document.id, from])
  // Safe because the id is one the server has just told.
  const input = useMemo(() => ({ ...whole, ...(personId === '' ? {} : { personId: personId as never }), ...(step === '' ? {} : { step }) }), [whole, personId, step])
  const all = useQuery(documentsContract.trace, whole)
  const shown = useQuery(documentsContract.trace, input)
  const [reloadAll, reloadShown] = [all.reload, shown.reload]
  useEffect(() => {
    if (seq === 0) return
    const timer = setTimeout(() => {
      reloadAll()
      reloadShown()
    }, 800)
    return () => clearTimeout(timer)
  }, [seq, reloadAll, reloadShown])
  const people = all.kind === 'ready' ? makersOf(all.data) : []
  const steps = [...new Set(people.map((who) => who.step))].filter((each) => each !== '')
  const names = new Map(people.map((who) => [who.personId, who]))
  return (
    <div className="sheet-scroll mode-redline">
      <div className="preview-bar row">
        <Select
          aria-label={t('documents.ui.redline.since')}
          value={from}
          onChange={setFrom}
          popupMatchSelectWidth={false}
          options={[...versions.map((version) => ({ value: version.seq, label: t('documents.ui.redline.since-version', { name: version.name, at: format.moment(version.at) }) })), { value: 0, label: t('documents.ui.redline.since-start') }]}
        />
        <Select aria-label={t('documents.ui.revision.person')} value={personId} onChange={setPersonId} popupMatchSelectWidth={false} options={[{ value: '', label: t('documents.ui.redline.anybody') }, ...[...names.values()].map((who) => ({ value: who.personId, label: `${who.name} ${who.post}` }))]} />
        <Select aria-label={t('documents.ui.redline.step')} value={step} onChange={setStep} popupMatchSelectWidth={false} options={[{ value: '', label: t('documents.ui.redline.any-step') }, ...steps.map((value) => ({ value, label: t(value) }))]} />
      </div>
      <Answer of={shown}>
        {(trace) => (
          <>
            <p className="soft small centred">
              {t('documents.ui.compare.sum', { added: trace.added, removed: trace.removed })}
              <People people={makersOf(trace)} />
            </p>
            <TraceText opened={desk.opened} trace={trace} />
          </>
        )}
      </Answer>
    </div>
  )
}

/** Everybody who changed something in a trace. */
function makersOf(trace: TraceView): readonly Who[] {
  const makers = new Set(
    trace.blocks.flatMap((block) => [
      ...(block.before === null ? [] : [block.before.by]),
      ...block.shapes.map((shape) => shape.by),
      ...block.pictures.flatMap((picture) => (picture.op === 'same' ? [] : [picture.by])),
      ...block.parts.flatMap((part) => [...(part.op === 'same' ? [] : [part.by]), ...(part.format === null ? [] : [part.format.by])]),
    ]),
  )
  return trace.who.filter((_, index) => makers.has(index))
}
