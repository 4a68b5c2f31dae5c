import { sealsContract } from '@xiewen/shared/seals'
import { Radio } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Field, FileDrop, Notice, RefusalNotice } from '../../../platform/kit/index.ts'
import { readScan } from './read-scan.ts'

type Material = { readonly materialId: string; readonly svg: string | null; readonly name: string; readonly maker: string }
const sources = ['drawn', 'scanned', 'outside'] as const
type Source = (typeof sources)[number]

/** What the form is told: `material` null for a seal drawn by the rules; `isReady` false while a file is still wanted. */
export interface MaterialChoice {
  readonly materialId: string | null
  readonly isReady: boolean
}

/** 印章图样 comes from the rules, from a scanned impression, or with a seal of an outside authority. */
export function MaterialField({ onChange }: { readonly onChange: (choice: MaterialChoice) => void }) {
  const { t } = useWords()
  const [source, setSource] = useState<Source>('drawn')
  const [material, setMaterial] = useState<Material | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [error, setError] = useState<CallError | null>(null)
  const [busy, setBusy] = useState(false)
  const choose = (next: Source) => {
    setSource(next)
    setMaterial(null)
    setWrong(null)
    setError(null)
    onChange({ materialId: null, isReady: next === 'drawn' })
  }
  const handIn = async (file: File) => {
    setBusy(true)
    setWrong(null)
    setError(null)
    setMaterial(null)
    onChange({ materialId: null, isReady: false })
    try {
      const scan = source === 'scanned' ? await readScan(file) : null
      if (scan?.ok === false) return setWrong(scan.code)
      const read = await upload(sealsContract.readMaterial, { of: scan === null ? 'outside' : 'scan' }, scan?.png ?? file)
      setMaterial({ materialId: read.materialId, svg: scan?.svg ?? null, name: read.name, maker: read.maker })
      onChange({ materialId: read.materialId, isReady: true })
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Field label={t('seals.ui.source')}>
        {(control) => (
          <Radio.Group id={control.id} value={source} onChange={(event) => choose(sources.find((each) => each === event.target.value) ?? 'drawn')} options={sources.map((value) => ({ value, label: t(`seals.origin.${value}`) }))} />
        )}
      </Field>
      {source === 'drawn' ? null : (
        <>
          <p className="soft">{t(`seals.ui.source.${source}-hint`)}</p>
          <FileDrop
            label={t(`seals.ui.source.${source}`)} accept={source === 'scanned' ? '.png,.jpg,.jpeg,image/png,image/jpeg' : '.esl,.dat,.der'} maxBytes={source === 'scanned' ? 20 * 1024 * 1024 : 2 * 1024 * 1024}
            onFiles={([file]) => void (file && handIn(file))}
          />
        </>
      )}
      {busy ? <p role="status">{t('seals.ui.source.busy')}</p> : null}
      {wrong === null ? null : <Notice kind="error">{t(wrong)}</Notice>}
      <RefusalNotice error={error} />
      {material?.svg == null ? null : (
        <figure className="scan-preview">
          <img alt={t('seals.ui.source.preview')} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(material.svg)}`} />
          <figcaption className="soft small">{t('seals.ui.source.preview-hint')}</figcaption>
        </figure>
      )}
      {material === null || material.maker === '' ? null : <Notice>{t('seals.ui.source.read', { name: material.name, maker: material.maker })}</Notice>}
    </>
  )
}
