/** 档案: what waits for filing, what is filed, what is left out. */
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Page, Tabs } from '../../platform/kit/index.ts'
import type { PageProps } from '../../platform/rooms/index.ts'
import './archive.css'
import { FiledList } from './filed-list.tsx'
import { FondsSheet } from './fonds-sheet.tsx'
import { PendingList } from './pending-list.tsx'

const tabs = ['pending', 'filed', 'left-out'] as const

/** The page. `?document=` opens the sheet that files that document. */
export function Component({ query }: PageProps) {
  const { t } = useWords()
  const [tab, setTab] = useState<(typeof tabs)[number]>(tabs.find((each) => each === query.get('tab')) ?? 'pending')
  const [settingUp, setSettingUp] = useState(false)
  return (
    <Page title={t('archive.room')} flush actions={<Button onClick={() => setSettingUp(true)}>{t('archive.ui.fonds')}</Button>}>
      <Tabs
        label={t('archive.room')}
        tabs={tabs.map((key) => ({ key, label: t(`archive.ui.tab.${key}`) }))}
        current={tab}
        onChange={(key) => setTab(tabs.find((each) => each === key) ?? 'pending')}
      />
      {tab === 'filed' ? <FiledList /> : <PendingList key={tab} leftOut={tab === 'left-out'} firstDocumentId={query.get('document')} onSetUp={() => setSettingUp(true)} />}
      {settingUp ? <FondsSheet onClose={() => setSettingUp(false)} /> : null}
    </Page>
  )
}
