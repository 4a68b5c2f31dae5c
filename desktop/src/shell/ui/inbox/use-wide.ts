import { useDisplay, useMedia } from '../../../platform/kit/index.ts'

const queries = { standard: '(min-width: 1180px)', contrast: '(min-width: 1360px)', large: '(min-width: 1700px)' } as const

/** Whether there is room for a preview beside the list in the display in use: larger type needs a wider window. */
export function useWide(): boolean {
  return useMedia(queries[useDisplay()])
}
