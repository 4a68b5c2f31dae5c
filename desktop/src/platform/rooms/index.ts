/** How rooms plug into the shell: RoomUi, router, actions, session. */
export { addActions, currentActions, useActions, usePageActions } from './actions.ts'
export { Link, type LinkProps } from './link.tsx'
export { useClaimedMenuPath, useMenuPath } from './menu-path.ts'
export { linkTokenOf, matchPath, weightOf } from './paths.ts'
export {
  type Action, type ActionContext, type Counts, type MenuEntry, type MenuGroup, menuGroups, type PageProps, type PreviewProps, type RoomRoute, type RoomUi,
} from './room-ui.ts'
export { currentPlace, goBack, guardLeaving, navigate, onMove, type Place, usePlace } from './router.ts'
export { startWhenQuiet } from './start-when-quiet.ts'
export { heldDuties, holdsDuty, SessionContext, type SessionView, useSession } from './session.ts'
export { useWantedAct, type WantedAct, withAct } from './wanted-act.ts'
export { type Preference, ShellContext, type ShellDoors, useShell } from './shell-doors.ts'
