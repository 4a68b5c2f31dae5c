/** All pages by address. Pure. */
import { matchPath, type RoomRoute, type RoomUi, weightOf } from '../../platform/rooms/index.ts'

/** A route with the parts of the address it names. */
export interface FoundRoute {
  readonly route: RoomRoute
  readonly params: Readonly<Record<string, string>>
}

/** The shell's own pages. */
export const shellRoutes: readonly RoomRoute[] = [
  { path: '/', load: () => import('./home-page.tsx') },
  { path: '/inbox', load: () => import('./inbox/inbox-page.tsx') },
  { path: '/inbox/:tab', load: () => import('./inbox/inbox-page.tsx') },
]

/** The most closely written route that fits an address, or null. */
export function findRoute(rooms: readonly RoomUi[], path: string): FoundRoute | null {
  const routes = [...shellRoutes, ...rooms.flatMap((room) => room.routes)].toSorted((a, b) => weightOf(b.path) - weightOf(a.path))
  for (const route of routes) {
    const params = matchPath(route.path, path)
    if (params !== null) return { route, params }
  }
  return null
}
