import { meetingsContract as contract, type MeetingView } from '@xiewen/shared/meetings'
import QRCode from 'qrcode'
import { useEffect, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { type Column, DataTable, EmptyState, Notice } from '../../platform/kit/index.ts'

const refreshMs = 15_000

/** 签到: the QR picture for the screen in the room, live counts, attendance by unit. */
export function SignInTab({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords()
  type UnitLine = MeetingView['units'][number]
  const columns: readonly Column<UnitLine>[] = [
    { key: 'unit', title: t('meetings.ui.unit'), role: 'main', render: (row) => row.unitName },
    { key: 'count', title: t('meetings.ui.unit-count'), fit: 'tight', render: (row) => <span className="figures">{row.attendance.present}/{row.attendance.expected}</span> },
  ]
  const { invited, expected, present } = meeting.attendance
  const isOver = meeting.state === 'ended' || meeting.state === 'minutes-issued' || meeting.state === 'cancelled'
  return (
    <>
      <div className="qr-card">
        {meeting.abilities.showCode.allowed ? <Code meeting={meeting} /> : <Notice>{t(isOver ? 'meetings.ui.qr-over' : 'meetings.ui.qr-none')}</Notice>}
        <p className="qr-counts figures" role="status">{t('meetings.ui.counts', { invited, expected, present })}</p>
      </div>
      <DataTable caption={t('meetings.ui.by-unit')} columns={columns} rows={meeting.units} rowKey={(row) => row.unitId} empty={<EmptyState title={t('meetings.nobody-invited')} />} />
    </>
  )
}

function Code({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords()
  const made = useQuery(contract.signInCode, { meetingId: meeting.id })
  const [picture, setPicture] = useState('')
  const path = made.kind === 'ready' ? made.data.path : null
  const { reload } = made
  useEffect(() => {
    const timer = setInterval(reload, refreshMs)
    return () => clearInterval(timer)
  }, [reload])
  useEffect(() => {
    if (path === null) return undefined
    let current = true
    void QRCode.toDataURL(`${location.origin}${path}`, { errorCorrectionLevel: 'M', margin: 2, scale: 8 }).then((url) => {
      if (current) setPicture(url)
    })
    return () => {
      current = false
    }
  }, [path])
  return (
    <figure>
      {picture === '' ? null : <img src={picture} alt={t('meetings.ui.qr')} />}
      <figcaption className="soft small">{t('meetings.ui.qr-hint')}</figcaption>
    </figure>
  )
}
