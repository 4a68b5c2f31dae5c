/** The table of rooms and walls: who may import whom. The architecture tests and nothing else read it. */

/** Rooms below a room, nearest last; `base` is below all. */
export const roomsBelow = {
  base: [],
  directory: ['base'],
  documents: ['base', 'directory'],
  workflow: ['base', 'directory', 'documents'],
  seals: ['base', 'directory', 'documents'],
  meetings: ['base', 'directory', 'documents'],
  supervision: ['base', 'directory', 'documents', 'workflow', 'meetings'],
  archive: ['base', 'directory', 'documents', 'workflow', 'seals'],
  exchange: ['base', 'directory', 'documents', 'seals'],
} as const satisfies Record<string, readonly string[]>

/** A room's name. */
export type RoomName = keyof typeof roomsBelow

/** Whether this names a room. */
export function isRoom(name: string): name is RoomName {
  return Object.hasOwn(roomsBelow, name)
}

/** Where a file stands: package and the first folder below its `src`. */
export interface Place {
  readonly pack: 'shared' | 'crypto' | 'server' | 'desktop'
  /** Room, or `platform`, `app`, `processes`, `shell`. */
  readonly area: string
  /** Path below the area. */
  readonly rest: string
}

/** The place of a source file given by its path from the root; null for files outside `src`. */
export function placeOf(path: string): Place | null {
  const match = /^(shared|crypto|server|desktop)\/src\/([^/]+)(?:\/(.*))?$/.exec(path)
  if (!match) return null
  // Safe because the pattern lists exactly the packages.
  const pack = match[1] as Place['pack']
  return { pack, area: match[2] ?? '', rest: match[3] ?? '' }
}

/** Why an import is not allowed, or null when it is. `to` is a file of ours; packages are judged by `judgePackage`. */
export function judgeImport(from: Place, to: Place): string | null {
  if (from.pack === 'crypto') return to.pack === 'crypto' ? null : 'crypto imports nothing of ours'
  if (from.pack === 'shared') return judgeShared(from, to)
  if (from.pack === 'server') return judgeServer(from, to)
  return judgeDesktop(from, to)
}

function judgeShared(from: Place, to: Place): string | null {
  if (to.pack !== 'shared') return 'the kernel imports the kernel only'
  if (from.area === to.area) return null
  if (!isRoom(from.area) || !isRoom(to.area)) return 'unknown room'
  if (!mayLookDown(from.area, to.area)) return `${from.area} may not see ${to.area}`
  return to.area === 'base' || to.rest === 'index.ts' ? null : 'only through the room’s index.ts'
}

function judgeServer(from: Place, to: Place): string | null {
  if (to.pack === 'desktop') return 'the server knows no interface'
  if (to.pack === 'crypto') return null
  if (to.pack === 'shared') return from.area === 'platform' ? judgePlatformToShared(from, to) : judgeVisible(from.area, to.area)
  if (from.area === to.area || to.area === 'platform') return null
  if (from.area === 'platform') return 'the platform knows no room'
  if (from.area === 'app' || from.area === 'index.ts') return null
  if (to.area === 'app' || to.area === 'processes') return 'app and processes stand above the rooms'
  if (to.rest !== 'index.ts') return 'only through the room’s index.ts'
  return from.area === 'processes' ? null : judgeVisible(from.area, to.area)
}

function judgePlatformToShared(from: Place, to: Place): string | null {
  if (to.area === 'base') return null
  // Live text and fonts are technology over the document's own vocabulary.
  return to.area === 'documents' && /^(realtime|fonts)\//.test(from.rest) ? null : 'the platform knows base only'
}

function judgeDesktop(from: Place, to: Place): string | null {
  if (to.pack === 'server') return 'the interface talks to the server through contracts'
  if (to.pack === 'shared' || to.pack === 'crypto') return null
  if (from.area === to.area || to.area === 'platform') return null
  if (from.area === 'platform') return 'the platform knows no room'
  if (from.area === 'app') return null
  if (from.area === 'shell') return /^(index\.(ui|main)\.ts|bridge\.ts)$/.test(to.rest) ? null : 'the shell uses doors only'
  if (to.area === 'shell') return 'rooms do not know the shell'
  return to.rest === 'index.ui.ts' ? judgeVisible(from.area, to.area) : 'only through the room’s index.ui.ts'
}

function judgeVisible(from: string, to: string): string | null {
  if (!isRoom(to)) return 'unknown room'
  if (!isRoom(from) || from === to) return null
  return mayLookDown(from, to) ? null : `${from} may not see ${to}`
}

function mayLookDown(from: RoomName, to: RoomName): boolean {
  const below: readonly string[] = roomsBelow[from]
  return below.includes(to)
}
