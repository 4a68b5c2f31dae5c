/** What goes on while somebody is signed in: the rooms' background work, and acts that wait for the network. */
import { useEffect } from 'react'
import { refreshAll } from '../../platform/http/index.ts'
import { currentSpeech } from '../../platform/i18n/index.ts'
import { tellDone } from '../../platform/kit/index.ts'
import { startOutbox } from '../../platform/outbox/index.ts'
import { rooms } from './rooms.ts'

/** Runs it for a person, until another signs in or the frame goes. */
export function useBackground(personId: string): void {
  useEffect(() => {
    const sent = (): void => {
      tellDone(currentSpeech().t('ui.outbox.sent'))
      refreshAll()
    }
    const stops = [startOutbox(personId, sent), ...rooms.map((room) => room.background?.(personId))]
    return () => {
      for (const stop of stops) stop?.()
    }
  }, [personId])
}
