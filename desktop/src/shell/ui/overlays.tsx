import { lazy, Suspense, useMemo, useState } from 'react'

/** What can open over the page. */
export interface OverlayControl {
  readonly shown: 'none' | 'palette' | 'help'
  readonly openPalette: () => void
  readonly openHelp: () => void
  readonly close: () => void
}

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const HelpSheet = lazy(async () => ({ default: (await import('./help-sheet.tsx')).HelpSheet }))

/** Palette and help, at most one at a time. */
export function useOverlay(): OverlayControl {
  const [shown, setShown] = useState<OverlayControl['shown']>('none')
  const doors = useMemo(
    () => ({ openPalette: () => setShown('palette'), openHelp: () => setShown('help'), close: () => setShown('none') }),
    [],
  )
  return useMemo(() => ({ shown, ...doors }), [shown, doors])
}

/** Shows what is open. */
export function Overlays({ overlay }: { readonly overlay: OverlayControl }) {
  return (
    <Suspense fallback={null}>
      {overlay.shown === 'palette' ? <Palette onClose={overlay.close} /> : null}
      {overlay.shown === 'help' ? <HelpSheet onClose={overlay.close} /> : null}
    </Suspense>
  )
}
