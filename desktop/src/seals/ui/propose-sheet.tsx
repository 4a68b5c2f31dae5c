import { directoryContract } from '@xiewen/shared/directory'
import { mayKeepSealOf, sealMaterialIdSchema, type SealKind, sealKinds, sealsContract } from '@xiewen/shared/seals'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { type MaterialChoice, MaterialField } from './scan/material-field.tsx'
import './seals.css'

/** 申请刻制: kind, organ, and for a 业务专用章 its purpose. */
export function ProposeSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useWords()
  const { posts } = useSession()
  const propose = useCommand(sealsContract.propose)
  const units = useQuery(directoryContract.listUnits, {}, { enabled: open })
  const [kind, setKind] = useState<SealKind>('organ')
  const [organId, setOrganId] = useState<string | null>(null)
  const [sectionId, setSectionId] = useState<string | null>(null)
  const [line, setLine] = useState('')
  const [material, setMaterial] = useState<MaterialChoice>({ materialId: null, isReady: true })
  const all = units.kind === 'ready' ? units.data.units : []
  const organs = all.filter((unit) => unit.kind === 'organ' && posts.some((post) => post.duties.includes('seal-keeper') && mayKeepSealOf(post, unit)))
  const organ = organs.find((unit) => unit.id === organId) ?? organs.find((unit) => posts.some((post) => post.organId === unit.id)) ?? organs[0]
  const sections = all.filter((unit) => unit.kind === 'section' && unit.parentId === organ?.id)
  const section = sections.find((unit) => unit.id === sectionId)
  const save = async () => {
    if (organ === undefined) return
    const wish = { organId: organ.id, kind, bottomLine: kind === 'special' ? line : '', ...(kind === 'section' && section ? { sectionId: section.id } : {}), ...(material.materialId === null ? {} : { materialId: sealMaterialIdSchema.parse(material.materialId) }) }
    if ((await propose.run(wish)) === null) return
    tellDone(t('seals.ui.propose.done'))
    setLine('')
    onClose()
    refreshTopics(['seals'])
  }
  return (
    <ConfirmSheet
      open={open}
      title={t('seals.ui.propose')}
      confirmLabel={t('seals.ui.propose.confirm')}
      busy={propose.busy}
      disabled={organ === undefined || !material.isReady || (kind === 'special' && line.trim() === '') || (kind === 'section' && section === undefined)}
      error={propose.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p className="soft">{t('seals.ui.propose.hint')}</p>
      <Field label={t('seals.ui.propose.kind')}>
        {(control) => <Select {...control} value={kind} onChange={setKind} options={sealKinds.map((value) => ({ value, label: t(`seals.kind.${value}`) }))} />}
      </Field>
      <Field label={t('seals.ui.propose.organ')}>
        {(control) => <Select {...control} value={organ?.id ?? null} onChange={setOrganId} options={organs.map((unit) => ({ value: unit.id, label: unit.name }))} />}
      </Field>
      {kind === 'section' ? (
        <Field label={t('seals.ui.propose.section')} required>
          {(control) => <Select {...control} value={sectionId} onChange={setSectionId} options={sections.map((unit) => ({ value: unit.id, label: unit.name }))} />}
        </Field>
      ) : null}
      {kind === 'special' ? (
        <Field label={t('seals.ui.propose.line')} hint={t('seals.ui.propose.line-hint')} required>
          {(control) => <Input {...control} maxLength={12} value={line} onChange={(event) => setLine(event.target.value)} />}
        </Field>
      ) : null}
      {open ? <MaterialField onChange={setMaterial} /> : null}
    </ConfirmSheet>
  )
}
