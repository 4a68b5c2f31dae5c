import { type DocumentPanel, type DocumentSlotProps, useDocumentSlots } from '../../platform/rooms/document-slots.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { type Tab, Tabs } from '../../platform/kit/index.ts'
import { CheckPanel } from './check-panel.tsx'
import { CommentsPanel } from './comments-panel.tsx'
import { ElementsForm } from './elements-form.tsx'
import { IssuePanel } from './issue-panel.tsx'
import { RevisionPanel } from './revision-panel.tsx'
import { SlotPanel } from './slot-views.tsx'
import { type Desk, panelOfNextStep, panelsFor } from './workbench-model.ts'

/** Place of 登记 among the tabs. */
const issueOrder = 55

interface Props {
  readonly desk: Desk
  readonly slot: DocumentSlotProps
  readonly current: string
  readonly onChange: (key: string) => void
}

/** 要素 · 检查 · 修订 · 批注 of this room, then what other rooms have registered. */
export function RightZone({ desk, slot, current, onChange }: Props) {
  const { t } = useWords()
  const { panels } = useDocumentSlots()
  const others = panelsFor({ ...desk.opened, panels })
  const isSigned = !['draft', 'in-review', 'incoming'].includes(slot.state)
  const own: readonly (Tab & { readonly order: number })[] = [
    { key: 'elements', label: t('documents.ui.panel.elements'), order: 10 },
    { key: 'check', label: t('documents.ui.panel.check'), order: 20, ...(slot.errorCount > 0 ? { count: slot.errorCount } : {}) },
    { key: 'revision', label: t('documents.ui.panel.revision'), order: 30 },
    { key: 'comments', label: t('documents.ui.panel.comments'), order: 35, ...(desk.comments.open > 0 ? { count: desk.comments.open } : {}) },
    ...(isSigned ? [{ key: 'issue', label: t('documents.ui.panel.issue'), order: issueOrder }] : []),
  ]
  const tabs = [...own, ...others.map((panel) => ({ key: panel.key, label: t(panel.labelKey), order: panel.order }))].sort((a, b) => a.order - b.order)
  const shown = tabs.some((tab) => tab.key === current) ? current : 'elements'
  return (
    <aside className="zone-right" aria-label={t('documents.ui.right')}>
      <Tabs label={t('documents.ui.right')} tabs={tabs} current={shown} onChange={onChange} />
      <div className="zone-body">
        <PanelBody desk={desk} slot={slot} shown={shown} others={others} onChange={onChange} />
      </div>
    </aside>
  )
}

interface BodyProps {
  readonly desk: Desk
  readonly slot: DocumentSlotProps
  readonly shown: string
  readonly others: readonly DocumentPanel[]
  readonly onChange: (key: string) => void
}

function PanelBody({ desk, slot, shown, others, onChange }: BodyProps) {
  const other = others.find((panel) => panel.key === shown)
  if (other) return <SlotPanel panel={other} slot={slot} />
  switch (shown) {
    case 'check':
      return <CheckPanel desk={desk} />
    case 'revision':
      return <RevisionPanel desk={desk} />
    case 'comments':
      return <CommentsPanel desk={desk} />
    case 'issue':
      return <IssuePanel desk={desk} next={panelOfNextStep({ ...desk.opened, panels: others })} onNext={onChange} />
    default:
      return <ElementsForm desk={desk} />
  }
}
