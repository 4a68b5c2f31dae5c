import { useEffect } from 'react'
import { LoadingState } from '../../platform/kit/index.ts'
import { heldDuties, navigate, useSession } from '../../platform/rooms/index.ts'
import { homePath, presentMenu } from './menu-model.ts'
import { rooms } from './rooms.ts'

/** The first page goes on to the first entry of the person's menu: the inbox, or an administrator's first task. */
export function Component() {
  const session = useSession()
  const first = homePath(presentMenu(rooms, heldDuties(session)))
  useEffect(() => {
    navigate(first, { replace: true })
  }, [first])
  return <LoadingState />
}
