import { type ComponentType, lazy, Suspense } from 'react'
import { type DocumentBar, type DocumentPanel, type DocumentSlotProps, useDocumentSlots } from '../../platform/rooms/document-slots.ts'
import { LoadingState } from '../../platform/kit/index.ts'

const loaded = new Map<DocumentPanel['load'], ComponentType<DocumentSlotProps>>()

/** One lazy component for each thing registered, kept for the life of the page. */
function componentOf(slot: DocumentPanel | DocumentBar): ComponentType<DocumentSlotProps> {
  const known = loaded.get(slot.load)
  if (known) return known
  const made = lazy(async () => ({ default: (await slot.load()).Component }))
  loaded.set(slot.load, made)
  return made
}

/** What another room shows in a tab. */
export function SlotPanel({ panel, slot }: { readonly panel: DocumentPanel; readonly slot: DocumentSlotProps }) {
  const View = componentOf(panel)
  return (
    <Suspense fallback={<LoadingState />}>
      <View {...slot} />
    </Suspense>
  )
}

/** The bars at the foot of the page. */
export function SlotBars({ slot }: { readonly slot: DocumentSlotProps }) {
  const { bars } = useDocumentSlots()
  return (
    <>
      {bars
        .filter((bar) => bar.states?.includes(slot.state) ?? true)
        .map((bar) => {
          const View = componentOf(bar)
          return (
            <Suspense key={bar.key} fallback={null}>
              <View {...slot} />
            </Suspense>
          )
        })}
    </>
  )
}
