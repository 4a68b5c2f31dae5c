/** What the parts of the client that answer pages may ask of it; the client itself implements it. */
import type { ClientParts } from './client-parts.ts'
import type { Office } from './office.ts'
import type { OfficeTray } from './tray.ts'

/** The client as its own parts see it. */
export interface ClientDoor {
  readonly parts: ClientParts
  readonly office: Office | null
  readonly tray: OfficeTray
  showSetup(): void
  changeServer(serverOrigin: string): Promise<void>
}
