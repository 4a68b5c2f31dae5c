import { useEffect, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { colourOf } from './person-colours.ts'

interface Present {
  readonly personId: string
  readonly name: string
  readonly post: string
}

/** Who has the document open now, name and post; one entry a person however many windows they have. */
export function Presence({ live, ownId }: { readonly live: LiveDocument; readonly ownId: string }) {
  const { t } = useWords()
  const [people, setPeople] = useState<readonly Present[]>([])
  useEffect(() => {
    const { awareness } = live
    // Carets move with every letter, people come and go: drawing anew for each letter would cost more than the letter.
    const read = () => {
      const next = peopleOf(awareness.getStates())
      setPeople((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    read()
    awareness.on('change', read)
    return () => awareness.off('change', read)
  }, [live])
  const others = people.filter((person) => person.personId !== ownId)
  if (others.length === 0) return null
  return (
    <ul className="presence" aria-label={t('documents.ui.presence')}>
      {others.map((person) => (
        <li key={person.personId} title={`${person.name} ${person.post}`} style={{ borderColor: colourOf(person.personId) }}>
          <span style={{ background: colourOf(person.personId) }}>{person.name.slice(-2)}</span>
        </li>
      ))}
    </ul>
  )
}

function peopleOf(states: ReadonlyMap<number, Readonly<Record<string, unknown>>>): readonly Present[] {
  const found = new Map<string, Present>()
  for (const { user } of states.values()) {
    if (typeof user !== 'object' || user === null || !('personId' in user) || !('name' in user)) continue
    found.set(String(user.personId), { personId: String(user.personId), name: String(user.name), post: 'post' in user ? String(user.post) : '' })
  }
  return [...found.values()]
}
