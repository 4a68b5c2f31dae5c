import { documentsContract } from '@xiewen/shared/documents'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Notice } from '../../platform/kit/index.ts'
import { TraceText } from './trace-text.tsx'
import type { Desk } from './workbench-model.ts'

/** 定稿: the text exactly as it was signed, with the digest the signature covers. */
export function FinalView({ desk }: { readonly desk: Desk }) {
  const { t, format } = useWords()
  const { document, versions } = desk.opened
  const signed = versions.findLast((version) => version.frozen)
  const seq = signed?.seq ?? 0
  const trace = useQuery(documentsContract.trace, { documentId: document.id, from: seq, to: seq }, { enabled: signed !== undefined })
  if (signed === undefined) return null
  return (
    <div className="sheet-scroll mode-clean">
      <Notice>
        {t('documents.ui.final.signed', { name: signed.name, by: signed.byName, at: format.moment(signed.at) })} <span className="figures small">SM3 {document.frozenDigest}</span>
      </Notice>
      <Answer of={trace}>{(data) => <TraceText opened={desk.opened} trace={data} />}</Answer>
    </div>
  )
}
