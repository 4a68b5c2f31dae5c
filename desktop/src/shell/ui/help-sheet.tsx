import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Sheet } from '../../platform/kit/index.ts'
import { type Action, useActions } from '../../platform/rooms/index.ts'
import { ShortcutKeys } from './shortcut-keys.tsx'

/** All keys that work now, with their own search. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const actions = useActions().filter((action) => action.shortcut !== undefined && t(action.labelKey).toLowerCase().includes(typed.toLowerCase()))
  const groups = Map.groupBy(actions, (action) => action.groupKey)
  return (
    <Sheet open wide title={t('shell.help')} onClose={onClose}>
      <input className="palette-input" aria-label={t('shell.help.search')} placeholder={t('shell.help.search')} autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
      <div className="help-groups">
        {[...groups].map(([groupKey, members]) => (
          <section key={groupKey}>
            <h3>{t(groupKey)}</h3>
            <dl>
              {lastOfEachKey(members).map((action) => (
                <div key={action.id} className="help-line">
                  <dt>{t(action.labelKey)}</dt>
                  <dd>
                    <ShortcutKeys keys={action.shortcut ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {actions.length === 0 ? <p className="soft">{t('shell.palette.none')}</p> : null}
      <p className="soft small">{t('shell.help.note')}</p>
    </Sheet>
  )
}

function lastOfEachKey(actions: readonly Action[]): readonly Action[] {
  return [...new Map(actions.map((action) => [action.shortcut, action])).values()]
}
