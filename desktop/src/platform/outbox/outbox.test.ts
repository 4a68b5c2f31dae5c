import { describe, expect, test } from 'vitest'
import { memoryStore } from '../sync/index.ts'
import { openOutbox, type Outbox, type QueuedAct, type SendOutcome } from './outbox.ts'

const act = (number: string, documentId: string | null = null): QueuedAct => ({ number, command: 'workflow.approve', path: '/api/workflow/approve', body: '{}', label: '《通知》同意', documentId, at: 1 })

/** A server that answers as told, and what it was sent. */
function aDesk(store = memoryStore()): { readonly outbox: Outbox; readonly sent: string[]; answers: Map<string, SendOutcome>; uploaded: Set<string>; readonly store: typeof store } {
  const desk = { sent: [] as string[], answers: new Map<string, SendOutcome>(), uploaded: new Set<string>(), store }
  const outbox = openOutbox({
    copy: store.open('acts/p/'),
    send: async ({ number }) => {
      desk.sent.push(number)
      return desk.answers.get(number) ?? { kind: 'unreachable' }
    },
    upload: async (documentId) => desk.uploaded.has(documentId),
  })
  return Object.assign(desk, { outbox })
}

const standings = (outbox: Outbox): readonly string[] => outbox.entries().map(({ act: { number }, standing }) => `${number} ${standing.kind}`)

describe('acts done without a network', () => {
  test('wait through a closed window and go out in order under their own numbers', async () => {
    const first = aDesk()
    await first.outbox.add(act('1'))
    await first.outbox.add(act('2'))
    await first.outbox.flush()
    expect(first.sent).toEqual(['1'])

    const later = aDesk(first.store)
    await later.outbox.whenLoaded
    expect(standings(later.outbox)).toEqual(['1 waiting', '2 waiting'])
    later.answers = new Map([['1', { kind: 'done' }], ['2', { kind: 'done' }]])
    await later.outbox.flush()
    expect([later.sent, standings(later.outbox)]).toEqual([['1', '2'], []])
    expect(standings(aDesk(first.store).outbox)).toEqual([])
  })

  test('that the server refuses stay, with its reason, until the person puts them away', async () => {
    const desk = aDesk()
    await desk.outbox.add(act('1'))
    desk.answers.set('1', { kind: 'refused', code: 'workflow.stale', params: { by: '李文' } })
    await desk.outbox.flush()
    await desk.outbox.flush()
    expect(desk.sent).toEqual(['1'])

    const later = aDesk(desk.store)
    await later.outbox.whenLoaded
    expect(later.outbox.entries()[0]?.standing).toEqual({ kind: 'refused', code: 'workflow.stale', params: { by: '李文' } })
    await later.outbox.remove('1')
    expect(later.outbox.entries()).toEqual([])
  })

  test('that need the person wait for them, and do not hold up what comes after', async () => {
    const desk = aDesk()
    await desk.outbox.add(act('1'))
    await desk.outbox.add(act('2'))
    desk.answers = new Map<string, SendOutcome>([['1', { kind: 'needs-person' }], ['2', { kind: 'done' }]])
    await desk.outbox.flush()
    expect(standings(desk.outbox)).toEqual(['1 needs-person'])
    desk.answers.set('1', { kind: 'done' })
    expect(await desk.outbox.retry('1')).toBe(true)
    expect(standings(desk.outbox)).toEqual([])
  })

  test('on a document go after its text, never before', async () => {
    const desk = aDesk()
    await desk.outbox.add(act('1', 'd'))
    desk.answers.set('1', { kind: 'done' })
    await desk.outbox.flush()
    expect(desk.sent).toEqual([])
    desk.uploaded.add('d')
    await desk.outbox.flush()
    expect(desk.sent).toEqual(['1'])
  })
})
