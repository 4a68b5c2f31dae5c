/** Who may do what with a meeting at which moment: role × act × state, asked of the server and kept in a file people can read. */
import { meetingAbilities, meetingsContract as contract, type MeetingId } from '@xiewen/shared/meetings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, Hall, people, type Who } from '../scenarios/meetings/hall.ts'

let hall: Hall
const roles: readonly Who[] = ['clerk', 'mayor', 'finance', 'county', 'supervisor', 'organiser', 'drafter']

beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.office.close())

async function row(meetingId: MeetingId, who: Who): Promise<string> {
  const client = await hall.as(who)
  if ((await codeOf(client.call(contract.view, { meetingId }))) !== 'nothing refused') return 'sees nothing'
  const seen = await hall.see(meetingId, who)
  const acts: readonly string[] = [...meetingAbilities.filter((ability) => seen.abilities[ability].allowed), ...(seen.state === 'notified' && seen.attendees.some((each) => each.mine) ? ['reply'] : [])]
  return acts.join(', ') || 'reads'
}

test('the matrix of roles, acts and states is the one that was reviewed', async () => {
  const lines = ['# 会议: what each role may do', '']
  const clerk = await hall.as('clerk')
  const look = async (meetingId: MeetingId, state: string) => {
    lines.push(`## ${state}`)
    for (const who of roles) lines.push(`- ${who} (${people[who][1]}): ${await row(meetingId, who)}`)
    lines.push('')
  }
  const { meetingId } = await clerk.call(contract.create, await hall.plan())
  await look(meetingId, '筹备')
  await clerk.call(contract.notify, { meetingId })
  await look(meetingId, '已通知')
  await clerk.call(contract.start, { meetingId })
  await look(meetingId, '进行中')
  await clerk.call(contract.end, { meetingId })
  await look(meetingId, '已结束')
  await clerk.call(contract.startMinutes, { meetingId })
  await look(meetingId, '纪要起草中')
  const other = await hall.notified()
  await clerk.call(contract.cancel, { meetingId: other, reason: '不再召开' })
  await look(other, '已取消')
  await expect(lines.join('\n')).toMatchFileSnapshot('meetings-matrix.md')
})

test('an act the table denies is refused by the server as well', async () => {
  const meetingId = await hall.notified()
  for (const who of ['finance', 'organiser', 'drafter'] as const) {
    const client = await hall.as(who)
    for (const act of [contract.notify, contract.start, contract.end, contract.startMinutes]) {
      expect(['base.not-allowed', 'meetings.not-found', 'meetings.not-organiser'], `${who} ${act.name}`).toContain(await codeOf(client.call(act, { meetingId })))
    }
  }
})
