import { AddSignerSheet } from './add-signer-sheet.tsx'
import type { ActSheetProps, SheetKind } from './bar-props.ts'
import { CancelSheet } from './cancel-sheet.tsx'
import { CirculateSheet } from './circulate-sheet.tsx'
import { ForwardSheet } from './forward-sheet.tsx'
import { ReturnSheet } from './return-sheet.tsx'

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
