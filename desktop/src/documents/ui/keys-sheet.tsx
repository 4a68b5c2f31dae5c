import { useWords } from '../../platform/i18n/index.ts'
import { Sheet } from '../../platform/kit/index.ts'

const groups = [
  ['structure', [['Tab / Shift+Tab', 'level'], ['Ctrl+Alt+1…4', 'heading'], ['Ctrl+Alt+0', 'paragraph'], ['Enter', 'enter'], ['Esc', 'leave']]],
  ['text', [['Ctrl+B', 'bold'], ['Ctrl+Z / Ctrl+Y', 'undo'], ['Ctrl+F', 'find'], ['Ctrl+H', 'replace'], ['F3 / Shift+F3', 'next-hit'], ['Alt+Enter', 'fix']]],
  ['revision', [['Ctrl+Alt+↓ / ↑', 'next-change'], ['Ctrl+Alt+Y', 'accept'], ['Ctrl+Alt+N', 'reject'], ['Ctrl+Alt+M', 'comment'], ['Ctrl+Enter', 'send']]],
] as const

/** Every key of the editor on one sheet. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  return (
    <Sheet open wide title={t('documents.ui.keys')} onClose={onClose}>
      <div className="key-sheet">
        {groups.map(([group, rows]) => (
          <section key={group}>
            <h3>{t(`documents.ui.keys.${group}`)}</h3>
            <dl className="facts">
              {rows.map(([keys, name]) => (
                <div key={name}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{t(`documents.ui.keys.${name}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="soft small">{t('documents.ui.keys.numbering')}</p>
    </Sheet>
  )
}
