import { archiveContract, type FondsView } from '@xiewen/shared/archive'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Field, RefusalNotice, Sheet, tellDone } from '../../platform/kit/index.ts'

/** 全宗设置: 全宗号 and number format of each organ whose archive the caller keeps. */
export function FondsSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const settings = useQuery(archiveContract.settings, {}, { refreshOn: ['archive'] })
  return (
    <Sheet open title={t('archive.ui.fonds')} onClose={onClose}>
      <Answer of={settings}>{({ organs }) => organs.map((organ) => <FondsForm key={organ.organId} organ={organ} onDone={onClose} />)}</Answer>
    </Sheet>
  )
}

function FondsForm({ organ, onDone }: { readonly organ: FondsView; readonly onDone: () => void }) {
  const { t } = useWords()
  const [fonds, setFonds] = useState(organ.fonds ?? '')
  const [template, setTemplate] = useState(organ.template)
  const save = useCommand(archiveContract.setFonds)
  const wellFormed = /^[A-Z]\d{3}$/.test(fonds)
  const submit = async () => {
    if ((await save.run({ organId: organ.organId, fonds, template })) === null) return
    refreshQueries(archiveContract.settings)
    tellDone(t('archive.ui.fonds-saved'))
    onDone()
  }
  return (
    <section>
      <h3>{organ.organName}</h3>
      <Field label={t('archive.ui.fonds-number')} hint={t(organ.pieces > 0 ? 'archive.ui.fonds-fixed' : 'archive.ui.fonds-hint')} wrong={fonds !== '' && !wellFormed ? t('archive.ui.fonds-hint') : null} required>
        {(control) => <Input {...control} maxLength={4} disabled={organ.pieces > 0} value={fonds} onChange={(event) => setFonds(event.target.value.toUpperCase())} />}
      </Field>
      <Field label={t('archive.ui.template')} hint={t('archive.ui.template-hint')}>
        {(control) => <Input {...control} maxLength={80} value={template} onChange={(event) => setTemplate(event.target.value)} />}
      </Field>
      <RefusalNotice error={save.error} />
      <Button type="primary" disabled={!wellFormed} loading={save.busy} onClick={() => void submit()}>
        {t('archive.ui.save')}
      </Button>
    </section>
  )
}
