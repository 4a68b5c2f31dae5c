import { archiveContract, type PendingRow, type Period, periods } from '@xiewen/shared/archive'
import { Button, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'

/** Props of `FileSheet`. */
export interface FileSheetProps {
  readonly row: PendingRow
  readonly onClose: () => void
  readonly onSetUp: () => void
}

/** 归档: period with the reason for the proposal, and year. */
export function FileSheet({ row, onClose, onSetUp }: FileSheetProps) {
  const { t } = useWords()
  const [period, setPeriod] = useState<Period>(row.suggestedPeriod)
  const [year, setYear] = useState(row.suggestedYear)
  const file = useCommand(archiveContract.file)
  const missing = file.error !== null && 'code' in file.error && file.error.code === 'archive.fonds-missing'
  const confirm = async () => {
    const done = await file.run({ documentId: row.documentId, period, year })
    if (done === null) return
    refreshQueries(archiveContract.pending, archiveContract.list)
    tellDone(t('archive.ui.filed-as', { number: done.number }))
    onClose()
    navigate(`/archive/${done.pieceId}`)
  }
  return (
    <ConfirmSheet open title={t('archive.ui.file-title')} confirmLabel={t('archive.step.file')} busy={file.busy} error={file.error} onConfirm={() => void confirm()} onClose={onClose}>
      <p>{row.title}</p>
      <Field label={t('archive.ui.column.period')} hint={t('archive.ui.basis', { period: t(`archive.period.${row.suggestedPeriod}`), basis: t(`archive.basis.${row.basis}`) })}>
        {(control) => (
          <Radio.Group id={control.id} value={period} onChange={(event) => setPeriod(periods.find((each) => each === event.target.value) ?? period)}>
            {periods.map((each) => (
              <Radio key={each} value={each}>
                {t(`archive.period.${each}`)}
              </Radio>
            ))}
          </Radio.Group>
        )}
      </Field>
      <Field label={t('archive.ui.column.year')} hint={t('archive.ui.year-hint')}>
        {(control) => <InputNumber {...control} min={1949} max={2999} precision={0} value={year} onChange={(value) => setYear(value ?? row.suggestedYear)} />}
      </Field>
      <p className="soft">{t('archive.ui.file-explain')}</p>
      {missing ? <Button onClick={onSetUp}>{t('archive.ui.fonds')}</Button> : null}
    </ConfirmSheet>
  )
}
