import { useSyncExternalStore } from 'react'
import { linkState, onLinkChange } from '../http/index.ts'
import { useWords } from '../i18n/index.ts'

/** Says that the server cannot be reached, while that lasts, and how old what is shown instead may be. */
export function OfflineBanner() {
  const { t, format } = useWords()
  const link = useSyncExternalStore(onLinkChange, linkState)
  if (link.online) return null
  return (
    <div className="notice warning" role="status">
      {link.savedAt === null ? t('ui.offline.banner') : t('ui.offline.banner-saved', { at: format.moment(link.savedAt) })}
    </div>
  )
}
