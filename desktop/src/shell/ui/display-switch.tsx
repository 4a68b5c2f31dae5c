import { useWords } from '../../platform/i18n/index.ts'
import { displays, useDisplay } from '../../platform/kit/index.ts'
import { choose } from './preferences.ts'

/** 标准 · 大字 · 高对比 as one switch. */
export function DisplaySwitch() {
  const { t } = useWords()
  const current = useDisplay()
  return (
    <div className="switch" role="group" aria-label={t('shell.display')}>
      {displays.map((display) => (
        <button key={display} type="button" aria-pressed={display === current} onClick={() => void choose({ display })}>
          {t(`shell.display.${display}`)}
        </button>
      ))}
    </div>
  )
}
