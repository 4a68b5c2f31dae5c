/** The rooms the interface shows. Adding a room is one line here. */
import { directoryUi } from '../../directory/index.ui.ts'
import type { RoomUi } from '../../platform/rooms/index.ts'

/** All rooms, in the order in which their routes are tried. */
export const rooms: readonly RoomUi[] = [directoryUi]
