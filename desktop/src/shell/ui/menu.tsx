import { useMemo } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { type Counts, heldDuties, Link, useClaimedMenuPath, usePlace, useSession } from '../../platform/rooms/index.ts'
import { countOf, currentEntry, presentMenu } from './menu-model.ts'
import { rooms } from './rooms.ts'

/** The left menu: words with counts. */
export function Menu({ counts }: { readonly counts: Counts | null }) {
  const { t } = useWords()
  const session = useSession()
  const { path } = usePlace()
  const sections = useMemo(() => presentMenu(rooms, heldDuties(session)), [session])
  const claimed = useClaimedMenuPath()
  const current = currentEntry(sections, claimed ?? path)
  return (
    <nav id="menu" className="menu" aria-label={t('shell.menu')}>
      {sections.map((section) => (
        <ul key={section.group} aria-label={t(`shell.menu.group.${section.group}`)}>
          {section.entries.map((entry) => {
            const count = countOf(entry, counts)
            return (
              <li key={entry.key}>
                <Link to={entry.path} current={entry === current}>
                  <span>{t(entry.labelKey)}</span>
                  {count === 0 ? null : <span className="badge">{count}</span>}
                </Link>
              </li>
            )
          })}
        </ul>
      ))}
    </nav>
  )
}
