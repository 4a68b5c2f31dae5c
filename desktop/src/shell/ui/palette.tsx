import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Sheet } from '../../platform/kit/index.ts'
import { type Action, navigate, useActions } from '../../platform/rooms/index.ts'
import { type Find, useFinds } from './palette-finds.ts'
import { type Candidate, rankCandidates } from './palette-model.ts'
import { rooms } from './rooms.ts'
import { findRoute } from './routes.ts'
import { ShortcutKeys } from './shortcut-keys.tsx'

interface Offer extends Candidate {
  readonly group: string
  /** Tells it from others of the same name. */
  readonly detail: string
  readonly shortcut: string | null
  readonly run: () => void
}

type Speller = (label: string) => readonly string[]

/** Search that is also the palette: pages, acts, waiting matters, documents, people, and the text itself to look for. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t, locale } = useWords()
  const actions = useActions()
  const spell = useSpeller(locale === 'zh-CN')
  const [typed, setTyped] = useState('')
  const [index, setIndex] = useState(0)
  const listId = useId()
  const finds = useFinds(typed)
  const offers = useMemo(() => {
    const known = rankCandidates(actions.filter((action) => action.hidden !== true).map((action) => offerOf(action, t, spell)), typed)
    const near = rankCandidates(finds.near.map((find) => offerOfFind(find, t, spell)), typed)
    const far = finds.far.map((find) => offerOfFind(find, t, spell)).filter((offer) => !near.some((each) => each.id === offer.id))
    return [...known.slice(0, typed.trim() === '' ? 40 : 8), ...near.slice(0, 8), ...far, ...searchOffers(typed, t)]
  }, [actions, finds, typed, t, spell])
  const chosen = Math.min(index, offers.length - 1)
  const take = (offer: Offer | undefined) => {
    if (offer === undefined) return
    onClose()
    offer.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setIndex((chosen + step + offers.length) % Math.max(1, offers.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      take(offers[chosen])
    }
  }
  return (
    <Sheet open title={t('shell.palette')} onClose={onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-label={t('shell.palette')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={offers[chosen] === undefined ? undefined : `${listId}-${chosen}`}
        placeholder={t('shell.palette.hint')}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setIndex(0)
        }}
        onKeyDown={onKey}
      />
      <ul id={listId} className="palette-list" role="listbox" aria-label={t('shell.palette')}>
        {offers.map((offer, at) => (
          <li key={offer.id} id={`${listId}-${at}`} role="option" aria-selected={at === chosen} onClick={() => take(offer)} onPointerMove={() => setIndex(at)}>
            <span className="palette-name">
              {offer.label} {offer.detail === '' ? null : <span className="soft small">{offer.detail}</span>}
            </span>
            <span className="soft small">{offer.shortcut === null ? offer.group : <ShortcutKeys keys={offer.shortcut} />}</span>
          </li>
        ))}
      </ul>
      {offers.length === 0 ? <p className="soft">{t('shell.palette.none')}</p> : null}
    </Sheet>
  )
}

function offerOf(action: Action, t: (key: string) => string, spell: Speller): Offer {
  const label = t(action.labelKey)
  return { id: action.id, label, spellings: spell(label), group: t(action.groupKey), detail: '', shortcut: action.shortcut ?? null, run: action.run }
}

function offerOfFind(find: Find, t: (key: string) => string, spell: Speller): Offer {
  return { id: find.id, label: find.label, spellings: spell(find.label), group: t(find.groupKey), detail: find.detail, shortcut: null, run: () => void navigate(find.path) }
}

function searchOffers(typed: string, t: (key: string, params?: Readonly<Record<string, string>>) => string): readonly Offer[] {
  const text = typed.trim()
  if (text === '') return []
  const places = [
    { id: 'search.all', key: 'shell.palette.search', path: `/search?text=${encodeURIComponent(text)}` },
    { id: 'search.inbox', key: 'shell.palette.search-inbox', path: `/inbox?text=${encodeURIComponent(text)}` },
    { id: 'search.people', key: 'shell.palette.search-people', path: `/directory?text=${encodeURIComponent(text)}` },
  ]
  return places
    .filter((place) => findRoute(rooms, place.path.split('?')[0] ?? '') !== null)
    .map(({ id, key, path }) => ({
      id, label: t(key, { text }), spellings: [], group: t('shell.actions.search'), detail: '', shortcut: null, run: () => void navigate(path),
    }))
}

/** Spells Chinese labels; the pinyin table is loaded when the palette first opens. */
function useSpeller(wanted: boolean): Speller {
  const [spell, setSpell] = useState<{ readonly by: Speller }>({ by: () => [] })
  useEffect(() => {
    if (!wanted) return
    let gone = false
    void import('pinyin-pro').then(({ pinyin }) => {
      if (gone) return
      const by: Speller = (label) => [
        pinyin(label, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase(),
        pinyin(label, { toneType: 'none', type: 'array' }).join('').toLowerCase(),
      ]
      setSpell({ by })
    })
    return () => {
      gone = true
    }
  }, [wanted])
  return spell.by
}
