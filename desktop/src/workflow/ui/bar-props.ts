/** What bars and sheets of the document page are given. */
import type { CaseView } from '@xiewen/shared/workflow'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import type { Acting } from './use-act.ts'

/** What the bars are given. */
export interface BarProps {
  readonly page: DocumentSlotProps
  readonly seen: CaseView
}

/** Acts that ask something first. */
export type SheetKind = 'return' | 'forward' | 'add-signer' | 'circulate' | 'cancel'

/** What every sheet of an act is given. */
export interface ActSheetProps extends BarProps {
  /** The caller's task; null for those who only watch. */
  readonly taskId: string | null
  readonly acting: Acting
  readonly onClose: () => void
}
