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

/** The page of the address for somebody who is signed in: whose page of the administration it is, where it is another's. */
export function OwnPageOutlet() {
  const { path } = usePlace()
  const reserved = reservedFor(rooms, heldDuties(useSession()), path)
  return reserved === null ? <PageOutlet /> : <ReservedPage duties={reserved} />
}

/** Shows the page of the address, with or without a session; its code is loaded at the first visit. */
export function PageOutlet() {
  const place = usePlace()
  const found = useMemo(() => findRoute(rooms, place.path), [place.path])
  if (found === null) return <NotFoundPage />
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
