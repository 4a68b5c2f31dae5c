import type { CivilDate } from '@xiewen/shared/base'
import { registerLocales, registerParts, sealsContract } from '@xiewen/shared/seals'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { refreshTopics, urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, tellDone } from '../../platform/kit/index.ts'

/** Takes the register out (导出、打印): what, of which days, in which language. The act is recorded first; then the file opens. */
export function TakeRegister() {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('seals.ui.register')}</Button>
      {open ? <TakeSheet onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function TakeSheet({ onClose }: { readonly onClose: () => void }) {
  const { t, locale: shown } = useWords()
  const take = useCommand(sealsContract.takeRegister)
  const [of, setOf] = useState<(typeof registerParts)[number]>('impressions')
  const [locale, setLocale] = useState<(typeof registerLocales)[number]>(shown)
  const [from, setFrom] = useState<CivilDate | null>(null)
  const [until, setUntil] = useState<CivilDate | null>(null)
  const confirm = async () => {
    // Opened at once, at the person's own click: browsers stop windows that come later.
    const page = of === 'book' ? window.open('', '_blank') : null
    const taken = await take.run({ of, locale, ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) })
    if (taken === null) {
      page?.close()
      return
    }
    const place = (page ?? window).location
    place.href = urlOf(sealsContract.registerFile, { exportId: taken.exportId })
    tellDone(t('seals.ui.register.done', { count: taken.rows }))
    refreshTopics(['audit'])
    onClose()
  }
  return (
    <ConfirmSheet
      open title={t('seals.ui.register')} confirmLabel={t(of === 'book' ? 'seals.ui.register.open' : 'seals.ui.register.save')} busy={take.busy} error={take.error}
      onConfirm={() => void confirm()} onClose={onClose}
    >
      <Field label={t('seals.ui.register.what')}>
        {(control) => <Select {...control} value={of} onChange={setOf} options={registerParts.map((value) => ({ value, label: t(`seals.ui.register.${value}`) }))} />}
      </Field>
      <Field label={t('seals.ui.register.from')}>{(control) => <DateField {...control} value={from} onChange={setFrom} />}</Field>
      <Field label={t('seals.ui.register.until')} hint={t('seals.ui.register.days-hint')}>{(control) => <DateField {...control} value={until} onChange={setUntil} />}</Field>
      <Field label={t('seals.ui.register.language')}>
        {(control) => <Select {...control} value={locale} onChange={setLocale} options={registerLocales.map((value) => ({ value, label: value === 'en' ? 'English' : '中文' }))} />}
      </Field>
      <p className="soft small">{t('seals.ui.register.recorded')}</p>
    </ConfirmSheet>
  )
}
