/** An act asked for before its page was open: R in the inbox opens the entry with the sheet of 退回 ready. */
import { useEffect, useRef } from 'react'
import { navigate, usePlace } from './router.ts'

/** Acts an address may ask for. */
export type WantedAct = 'return'

/** The address that opens a page with an act ready. Pure. */
export function withAct(path: string, act: WantedAct): string {
  return `${path}${path.includes('?') ? '&' : '?'}act=${act}`
}

/** The address without the act it asked for. Pure. */
export function withoutAct(href: string): string {
  const [path = '', search = ''] = href.split('?')
  const query = new URLSearchParams(search)
  query.delete('act')
  return query.size === 0 ? path : `${path}?${query}`
}

/** Begins the act once if the address asks for it; going back or reloading does not begin it again. Call it where the act can be done. */
export function useWantedAct(act: WantedAct, isPossible: boolean, begin: () => void): void {
  const place = usePlace()
  const newest = useRef(begin)
  useEffect(() => {
    newest.current = begin
  })
  const isWanted = isPossible && place.query.get('act') === act
  useEffect(() => {
    if (!isWanted) return
    newest.current()
    navigate(withoutAct(place.href), { replace: true })
  }, [isWanted, place.href])
}
