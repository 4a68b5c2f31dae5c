import { useSyncExternalStore } from 'react'
import { linkState, onLinkChange } from '../http/index.ts'
import { useWords } from '../i18n/index.ts'

/** Says that the server cannot be reached, while that lasts. */
export function OfflineBanner() {
  const { t } = useWords()
  const link = useSyncExternalStore(onLinkChange, linkState)
  if (link.online) return null
  return (
    <div className="notice warning" role="status">
      {t('ui.offline.banner')}
    </div>
  )
}
