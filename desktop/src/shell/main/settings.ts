/** What the client remembers about itself: the server, the preferences, and where the window stood. */
import { join } from 'node:path'
import { z } from 'zod'
import { preferencesSchema } from '../../platform/bridge/contract/index.ts'
import { jsonFile } from './json-file.ts'
import type { JsonFile } from './json-file.ts'
import { windowPlaceSchema } from './window-place.ts'
import type { WindowPlace } from './window-place.ts'

const settingsSchema = z.object({
  /** Origin of the office's server; null until it has been set up. */
  serverOrigin: z.string().nullable(),
  preferences: preferencesSchema,
})

/** Settings of the client. */
export type Settings = z.output<typeof settingsSchema>

/** Both files, opened. */
export interface ClientFiles {
  readonly settings: JsonFile<Settings>
  readonly place: JsonFile<WindowPlace | null>
}

/** Opens the settings in the client's data directory. */
export function openClientFiles(directory: string): ClientFiles {
  return {
    settings: jsonFile(join(directory, 'settings.json'), settingsSchema, {
      serverOrigin: null,
      preferences: { closeToTray: true, notify: 'full' },
    }),
    place: jsonFile(join(directory, 'window.json'), windowPlaceSchema.nullable(), null),
  }
}
