import { useWords } from '../i18n/index.ts'
import { type Display, displays, useDisplay } from './display.ts'

/** 标准 · 大字 · 高对比 as one switch. */
export function DisplaySwitch({ onChoose }: { readonly onChoose: (choice: { readonly display: Display }) => void }) {
  const { t } = useWords()
  const current = useDisplay()
  return (
    <div className="switch" role="group" aria-label={t('ui.display')}>
      {displays.map((display) => (
        <button key={display} type="button" aria-pressed={display === current} onClick={() => onChoose({ display })}>
          {t(`ui.display.${display}`)}
        </button>
      ))}
    </div>
  )
}
