import type { BarProps } from './case-bar.tsx'
import { AddSignerSheet } from './add-signer-sheet.tsx'
import { CancelSheet } from './cancel-sheet.tsx'
import { CirculateSheet } from './circulate-sheet.tsx'
import { ForwardSheet } from './forward-sheet.tsx'
import { ReturnSheet } from './return-sheet.tsx'
import type { Acting } from './use-act.ts'

/** Acts that ask something first. */
export type SheetKind = 'return' | 'forward' | 'add-signer' | 'circulate' | 'cancel'

/** What every sheet of an act is given. */
export interface ActSheetProps extends BarProps {
  /** The caller's task; null for those who only watch. */
  readonly taskId: string | null
  readonly acting: Acting
  readonly onClose: () => void
}

/** The sheet of the act chosen, or none. Each is made anew when it opens, so nothing is left over from the last time. */
export function ActSheets({ kind, ...props }: ActSheetProps & { readonly kind: SheetKind | null }) {
  switch (kind) {
    case null:
      return null
    case 'return':
      return <ReturnSheet {...props} />
    case 'forward':
      return <ForwardSheet {...props} />
    case 'add-signer':
      return <AddSignerSheet {...props} />
    case 'circulate':
      return <CirculateSheet {...props} />
    case 'cancel':
      return <CancelSheet {...props} />
  }
}
