import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Tabs } from '../../platform/kit/index.ts'
import { FilesPanel } from './files-panel.tsx'
import { Outline } from './outline.tsx'
import { VersionsPanel } from './versions-panel.tsx'
import type { Desk } from './workbench-model.ts'

const keys = ['outline', 'files', 'versions'] as const

/** 提纲 · 附件 · 稿本. */
export function LeftZone({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const [current, setCurrent] = useState<(typeof keys)[number]>('outline')
  const counts = { files: desk.opened.attachments.length, versions: desk.opened.versions.length }
  const tabs = keys.map((key) => ({ key, label: t(`documents.ui.left.${key}`), ...(key === 'outline' || counts[key] === 0 ? {} : { count: counts[key] }) }))
  return (
    <aside className="zone-left" aria-label={t('documents.ui.left')}>
      <Tabs label={t('documents.ui.left')} tabs={tabs} current={current} onChange={(key) => setCurrent(keys.find((each) => each === key) ?? 'outline')} />
      <div className="zone-body">
        {current === 'outline' ? <Outline desk={desk} /> : current === 'files' ? <FilesPanel desk={desk} /> : <VersionsPanel desk={desk} />}
      </div>
    </aside>
  )
}
