/** Which pages are on screen: only those are painted. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { PageView } from './use-live-pages.ts'

/** The pages in view, and what watches each page's element. */
export function usePagesInView(scroller: RefObject<HTMLDivElement | null>): { readonly view: PageView; readonly watch: (element: HTMLLIElement | null, index: number) => void } {
  const [view, setView] = useState<PageView>({ first: 0, last: 0 })
  const elements = useRef(new Map<number, HTMLLIElement>())
  const watching = useRef<{ observer: IntersectionObserver; isSeen: Set<number> } | null>(null)
  const start = useCallback(() => {
    const box = scroller.current
    if (box === null || watching.current !== null) return
    const isSeen = new Set<number>()
    const look = (entries: readonly IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting } of entries) {
        const index = Number(target.getAttribute('data-page'))
        if (isIntersecting) isSeen.add(index)
        else isSeen.delete(index)
      }
      if (isSeen.size > 0) setView({ first: Math.min(...isSeen), last: Math.max(...isSeen) })
    }
    // On small screens the whole window scrolls, not the box.
    const root = getComputedStyle(box).overflowY === 'visible' ? null : box
    watching.current = { observer: new IntersectionObserver(look, { root, rootMargin: '200px' }), isSeen }
    for (const element of elements.current.values()) watching.current.observer.observe(element)
  }, [scroller])
  useEffect(() => {
    start()
    return () => {
      watching.current?.observer.disconnect()
      watching.current = null
    }
  }, [start])
  const watch = useCallback(
    (element: HTMLLIElement | null, index: number) => {
      const known = elements.current.get(index)
      if (known === (element ?? undefined)) return
      if (known) {
        watching.current?.observer.unobserve(known)
        watching.current?.isSeen.delete(index)
        elements.current.delete(index)
      }
      if (element) {
        elements.current.set(index, element)
        start()
        watching.current?.observer.observe(element)
      }
    },
    [start],
  )
  return { view, watch }
}
