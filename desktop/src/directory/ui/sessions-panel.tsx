import { sessionContract } from '@xiewen/shared/directory'
import { Button } from 'antd'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'

/** Where the person is signed in, and a way to end what they do not know. */
export function SessionsPanel() {
  const { t, format } = useWords()
  const sessions = useQuery(sessionContract.listMine, {})
  const end = useCommand(sessionContract.endMine)
  const stop = async (id: string) => {
    if ((await end.run({ id })) === null) return
    tellDone(t('directory.ui.sessions.ended'))
    sessions.reload()
  }
  return (
    <Panel title={t('directory.ui.sessions')}>
      <RefusalNotice error={end.error} />
      <Answer of={sessions}>
        {(data) => (
          <ul className="lines">
            {data.sessions.map((session) => (
              <li key={session.id} className="row">
                <span className="figures">{t('directory.ui.sessions.line', { at: format.moment(session.startedAt), seen: format.moment(session.seenAt), address: session.address || '—' })}</span>
                {session.here ? (
                  <span className="tone-green">{t('directory.ui.sessions.here')}</span>
                ) : (
                  <Button size="small" onClick={() => void stop(session.id)}>
                    {t('directory.ui.sessions.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}
