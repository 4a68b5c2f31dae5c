import { useCallback, useSyncExternalStore } from 'react'

/** Whether a media query (媒体查询) holds, in CSS's own words such as `(min-width: 1180px)`; the view renders again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
