import { type ComponentType, lazy, Suspense, useMemo } from 'react'
import { LoadingState } from '../../platform/kit/index.ts'
import { heldDuties, type PageProps, type RoomRoute, usePlace, useSession } from '../../platform/rooms/index.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { reservedFor } from './menu-model.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { ReservedPage } from './reserved-page.tsx'
import { rooms } from './rooms.ts'
import { findRoute } from './routes.ts'

const loaded = new Map<RoomRoute['load'], ComponentType<PageProps>>()

/** Shows the page of the address; its code is loaded at the first visit. */
export function PageOutlet() {
  const place = usePlace()
  const session = useSession()
  const found = useMemo(() => findRoute(rooms, place.path), [place.path])
  if (found === null) return <NotFoundPage />
  const reserved = reservedFor(rooms, heldDuties(session), place.path)
  if (reserved !== null) return <ReservedPage duties={reserved} />
  const Component = componentOf(found.route)
  return (
    <ErrorBoundary resetKey={place.href}>
      <Suspense fallback={<LoadingState />}>
        <Component params={found.params} query={place.query} />
      </Suspense>
    </ErrorBoundary>
  )
}

function componentOf(route: RoomRoute): ComponentType<PageProps> {
  const known = loaded.get(route.load)
  if (known !== undefined) return known
  const component = lazy(async () => ({ default: (await route.load()).Component }))
  loaded.set(route.load, component)
  return component
}
