import { documentsContract, type VersionId, type VersionView } from '@xiewen/shared/documents'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { type Translate, useWords } from '../../platform/i18n/index.ts'
import { Answer, Sheet } from '../../platform/kit/index.ts'
import { shapeWords } from './trace-text.tsx'
import type { Desk } from './workbench-model.ts'

/** Elements whose values are chosen from a list, which the reader knows by its words. */
const chosen: ReadonlySet<string> = new Set(['format', 'direction', 'urgency', 'imprintPage', 'disclosure'])

/** The value of an element as its reader calls it. */
function elementWords(field: string, value: string, t: Translate): string {
  return chosen.has(field) && value !== '' ? t(`documents.${field}.${value}`) : value
}

/** 对比: one version beside a later one or the text as it stands; characters that differ are marked. */
export function CompareSheet({ desk, from, onClose }: { readonly desk: Desk; readonly from: VersionView; readonly onClose: () => void }) {
  const { t } = useWords()
  const { document, versions } = desk.opened
  const [to, setTo] = useState<VersionId | ''>('')
  // What is compared with is read as the older or the newer one, whichever it is: nothing reads backwards.
  const isOlder = to !== '' && (versions.find((version) => version.id === to)?.seq ?? Infinity) < from.seq
  const input = useMemo(() => ({ documentId: document.id, ...(to === '' ? { from: from.id } : isOlder ? { from: to, to: from.id } : { from: from.id, to }) }), [document.id, from.id, to, isOlder])
  const compared = useQuery(documentsContract.compare, input)
  const others = versions.filter((version) => version.id !== from.id)
  return (
    <Sheet open wide title={t('documents.ui.compare.title', { name: from.name })} onClose={onClose}>
      <div className="row">
        <span>{t('documents.ui.compare.with')}</span>
        <Select value={to} onChange={setTo} popupMatchSelectWidth={false} options={[{ value: '' as const, label: t('documents.ui.compare.now') }, ...others.map((version) => ({ value: version.id, label: version.name }))]} />
      </div>
      <Answer of={compared}>
        {(result) => (
          <>
            <p className="soft">{t('documents.ui.compare.sum', { added: result.added, removed: result.removed })}</p>
            <ul className="plain-list">
              {result.elements.map((change) => (
                <li key={change.field}>
                  {t(`documents.ui.element.${change.field}`)}：<del>{elementWords(change.field, change.before, t)}</del> <ins>{elementWords(change.field, change.after, t)}</ins>
                </li>
              ))}
            </ul>
            <div className="compared">
              {result.blocks.map((block, index) => (
                <p key={`${index}`} className={`compared-${block.op} block-${block.kind}`}>
                  {block.before === null ? null : <span className="format-note">{t('documents.ui.trace.reshaped', { before: shapeWords(block.before, t) })}</span>}
                  {block.shapes.map((change, at) => <span key={`${at}`} className="format-note">{t(`documents.ui.compare.${change.code}`, change.params)}</span>)}
                  {block.label}
                  {block.parts.map((part, at) => (part.format !== undefined ? <span key={`${at}`} className="format-change" title={t(`documents.ui.compare.${part.format}`)}>{part.format === 'bold' ? <b>{part.text}</b> : part.text}</span> : part.op === 'same' ? part.text : part.op === 'added' ? <ins key={`${at}`}>{part.text}</ins> : <del key={`${at}`}>{part.text}</del>))}
                </p>
              ))}
            </div>
          </>
        )}
      </Answer>
    </Sheet>
  )
}
