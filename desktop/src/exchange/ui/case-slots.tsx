import { type ComponentType, lazy, Suspense } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Panel } from '../../platform/kit/index.ts'
import { type DocumentBar, type DocumentPanel, type DocumentSlotProps, useDocumentSlots } from '../../platform/rooms/document-slots.ts'

interface Props {
  readonly documentId: string
  readonly title: string
  readonly place: 'panels' | 'bars'
  readonly reload: () => void
}

/** Panels of the handling: opinions and route. Others concern the text and stand on its own page. */
const wanted: readonly string[] = ['opinions', 'route']
const loaded = new Map<DocumentPanel['load'], ComponentType<DocumentSlotProps>>()

function componentOf(slot: DocumentPanel | DocumentBar): ComponentType<DocumentSlotProps> {
  const known = loaded.get(slot.load)
  if (known) return known
  const made = lazy(async () => ({ default: (await slot.load()).Component }))
  loaded.set(slot.load, made)
  return made
}

/** What other rooms show about the organ's copy while it is handled: 意见、流程, and the bar to act with. */
export function CaseSlots({ documentId, title, place, reload }: Props) {
  const { t } = useWords()
  const { panels, bars } = useDocumentSlots()
  const slot: DocumentSlotProps = {
    documentId, title, state: 'incoming', origin: 'incoming', taskId: null, settle: async () => true, errorCount: 0, showPanel: () => undefined, reload,
  }
  const fits = (each: { readonly states?: readonly string[] }): boolean => each.states?.includes('incoming') ?? true
  if (place === 'bars') return <>{bars.filter(fits).map((bar) => <SlotView key={bar.key} slot={slot} of={bar} />)}</>
  return (
    <>
      {panels
        .filter((panel) => wanted.includes(panel.key) && fits(panel))
        .map((panel) => (
          <Panel key={panel.key} title={t(panel.labelKey)}>
            <SlotView slot={slot} of={panel} />
          </Panel>
        ))}
    </>
  )
}

function SlotView({ slot, of }: { readonly slot: DocumentSlotProps; readonly of: DocumentPanel | DocumentBar }) {
  const View = componentOf(of)
  return (
    <Suspense fallback={<LoadingState />}>
      <View {...slot} />
    </Suspense>
  )
}
