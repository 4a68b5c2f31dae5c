/** The page behind the QR picture: signs in at once and says so in large words. */
import { meetingsContract as contract, type MeetingId } from '@xiewen/shared/meetings'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState, Notice, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { navigate, type PageProps } from '../../platform/rooms/index.ts'
import './meetings.css'

/** The page. */
export function Component({ params, query }: PageProps) {
  const { t, format } = useWords()
  // Safe because the server parses it again.
  const meetingId = (params['id'] ?? '') as MeetingId
  const code = query.get('code') ?? ''
  const signIn = useCommand(contract.signIn)
  const [done, setDone] = useState<{ readonly at: number; readonly late: boolean } | null>(null)
  const asked = useRef('')
  useEffect(() => {
    if (code === '' || asked.current === code) return
    asked.current = code
    void signIn.run({ meetingId, code }).then((output) => {
      if (output !== null) setDone(output)
    })
  }, [code, meetingId, signIn])
  return (
    <Page title={t('meetings.ui.sign-in')} crumbs={[{ label: t('meetings.room'), to: '/meetings' }]}>
      <div className="sign-in-card" role="status">
        {done === null ? null : (
          <>
            <strong className={done.late ? 'tone-yellow' : 'tone-green'}>{t(done.late ? 'meetings.ui.sign-in-late' : 'meetings.ui.sign-in-done')}</strong>
            <span className="figures">{format.moment(done.at)}</span>
          </>
        )}
        {signIn.busy ? <LoadingState /> : null}
        {code === '' ? <Notice kind="warning">{t('meetings.ui.sign-in-scan')}</Notice> : null}
        <RefusalNotice error={signIn.error} />
        <Button onClick={() => navigate(`/meetings/${meetingId}`)}>{t('meetings.ui.tab.agenda')}</Button>
      </div>
    </Page>
  )
}
