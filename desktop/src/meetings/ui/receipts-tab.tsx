import { type AttendeeView, meetingsContract as contract, type MeetingView } from '@xiewen/shared/meetings'
import { Button } from 'antd'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { type Column, DataTable, EmptyState, Lamp, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { toneOfReceipt } from './words.ts'

/** 报名: where each invitation stands, with leave and substitution to decide and people to sign in at the desk. */
export function ReceiptsTab({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords()
  const decide = useCommand(contract.decideLeave)
  const signInFor = useCommand(contract.signInFor)
  const meetingId = meeting.id
  const tell = (output: unknown) => (output === null ? undefined : tellDone(t('meetings.ui.decided')))
  const acts = (row: AttendeeView) => {
    if (row.decision === 'pending' && meeting.abilities.decideLeave.allowed) {
      return (
        <span className="row">
          <Button type="primary" onClick={() => void decide.run({ meetingId, attendeeId: row.id, approved: true }).then(tell)}>{t('meetings.ui.approve')}</Button>
          <Button onClick={() => void decide.run({ meetingId, attendeeId: row.id, approved: false }).then(tell)}>{t('meetings.ui.refuse')}</Button>
        </span>
      )
    }
    const mayDesk = meeting.abilities.signInFor.allowed && row.signedInAt === null && row.state !== 'leave-granted'
    return mayDesk ? <Button type="link" onClick={() => void signInFor.run({ meetingId, attendeeId: row.id }).then(tell)}>{t('meetings.ui.sign-in-for')}</Button> : null
  }
  const columns: readonly Column<AttendeeView>[] = [
    { key: 'who', title: t('meetings.ui.attendee'), role: 'main', render: (row) => (row.personName === '' ? row.unitName : `${row.personName}（${row.unitName} ${row.personTitle}）`) },
    { key: 'role', title: t('meetings.ui.attendee-role'), fit: 'tight', render: (row) => t(`meetings.role.${row.role}`) },
    { key: 'state', title: t('meetings.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={toneOfReceipt(row.state)} label={t(`meetings.receipt.${row.state}`)} /> },
    { key: 'comes', title: t('meetings.ui.comes'), fit: 'tight', render: (row) => row.signedInName || row.comesName },
    { key: 'reason', title: t('meetings.ui.reason'), render: (row) => row.reason },
    { key: 'acts', title: '', fit: 'tight', render: acts },
  ]
  return (
    <>
      <RefusalNotice error={decide.error ?? signInFor.error} />
      <DataTable caption={t('meetings.ui.tab.receipts')} columns={columns} rows={meeting.attendees} rowKey={(row) => row.id} empty={<EmptyState title={t('meetings.nobody-invited')} />} />
    </>
  )
}
