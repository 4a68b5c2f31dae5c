/** Whether the pages stand beside the text: a wish of this computer, remembered. */
import { useCallback, useState } from 'react'

const key = 'xiewen.pages-beside'

/** The wish, and how to turn it. */
export function usePagesBeside(): { readonly isOn: boolean; readonly toggle: () => void } {
  const [isOn, setOn] = useState(() => localStorage.getItem(key) === 'on')
  const toggle = useCallback(() => {
    setOn(!isOn)
    localStorage.setItem(key, isOn ? 'off' : 'on')
  }, [isOn])
  return { isOn, toggle }
}
