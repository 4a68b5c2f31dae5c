import { documentsContract } from '@xiewen/shared/documents'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Panel } from '../../platform/kit/index.ts'
import type { AgendaLine } from './plan-model.ts'

const blank: AgendaLine = { title: '', presenter: '', minutes: 10, documentId: null, documentTitle: '' }

/** The agenda: item, who presents it, how long, and its paper. */
export function AgendaFields({ agenda, onChange }: { readonly agenda: readonly AgendaLine[]; readonly onChange: (agenda: readonly AgendaLine[]) => void }) {
  const { t } = useWords()
  const change = (at: number, part: Partial<AgendaLine>) => onChange(agenda.map((line, index) => (index === at ? { ...line, ...part } : line)))
  return (
    <Panel title={t('meetings.ui.agenda')} actions={<Button onClick={() => onChange([...agenda, blank])}>{t('meetings.ui.agenda.add')}</Button>}>
      {agenda.length === 0 ? <p className="soft">{t('meetings.ui.agenda.none')}</p> : null}
      {agenda.map((line, index) => (
        <div key={index} className="agenda-line">
          <Input aria-label={t('meetings.ui.agenda.title')} placeholder={t('meetings.ui.agenda.title')} maxLength={200} value={line.title} onChange={(event) => change(index, { title: event.target.value })} />
          <Input aria-label={t('meetings.ui.agenda.presenter')} placeholder={t('meetings.ui.agenda.presenter')} maxLength={100} value={line.presenter} onChange={(event) => change(index, { presenter: event.target.value })} />
          <InputNumber aria-label={t('meetings.ui.agenda.minutes')} min={0} max={600} value={line.minutes} onChange={(minutes) => change(index, { minutes: minutes ?? 0 })} />
          <DocumentPick line={line} onChange={(part) => change(index, part)} />
          <Button aria-label={t('meetings.ui.agenda.remove')} onClick={() => onChange(agenda.filter((_, at) => at !== index))}>✕</Button>
        </div>
      ))}
    </Panel>
  )
}

function DocumentPick({ line, onChange }: { readonly line: AgendaLine; readonly onChange: (part: Partial<AgendaLine>) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const found = useQuery(documentsContract.list, { ...(text === '' ? {} : { text }), limit: 20 })
  const rows = found.kind === 'ready' ? found.data.rows : []
  const known = line.documentId === null ? [] : [{ value: line.documentId, label: line.documentTitle }]
  const options = [...known, ...rows.filter((row) => row.id !== line.documentId).map((row) => ({ value: row.id, label: row.title }))]
  return (
    <Select
      allowClear
      aria-label={t('meetings.ui.agenda.document')}
      placeholder={t('meetings.ui.agenda.document-pick')}
      showSearch={{ filterOption: false, onSearch: setText }}
      value={line.documentId}
      options={options}
      onChange={(documentId) => onChange({ documentId: documentId ?? null, documentTitle: options.find((option) => option.value === documentId)?.label ?? '' })}
    />
  )
}
