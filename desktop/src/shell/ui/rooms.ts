/** The rooms the interface shows. Adding a room is one line here. */
import { archiveUi } from '../../archive/index.ui.ts'
import { directoryUi } from '../../directory/index.ui.ts'
import { documentsUi } from '../../documents/index.ui.ts'
import { exchangeUi } from '../../exchange/index.ui.ts'
import { meetingsUi } from '../../meetings/index.ui.ts'
import type { RoomUi } from '../../platform/rooms/index.ts'
import { supervisionUi } from '../../supervision/index.ui.ts'
import { sealsUi } from '../../seals/index.ui.ts'
import { workflowUi } from '../../workflow/index.ui.ts'

/** All rooms, in the order in which their routes are tried. */
export const rooms: readonly RoomUi[] = [directoryUi, documentsUi, workflowUi, sealsUi, supervisionUi, meetingsUi, exchangeUi, archiveUi]
