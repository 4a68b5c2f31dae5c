/** 离任交接: what waits for a post that has ended waits for its successor. */
import { inboxContract } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { exchangeContract as contract } from '@xiewen/shared/exchange'
import { expect, test } from 'vitest'
import { anOffice } from '../../support/office.ts'
import { Story } from './story.ts'

test('signing for and reading go to the successor, who can do both, and nothing is left waiting for nobody', async () => {
  const office = await anOffice()
  const story = new Story(office)
  const { qingchuan: toRead } = await story.send(await story.sealed(), ['qingchuan'])
  await story.signFor(toRead, 'qingchuan')
  await (await story.as('qingchuan')).call(contract.register, { receiptId: toRead, handling: 'read', readers: [await story.post('qingchuanClerk')], purpose: '请阅' })
  const { qingchuan: toSign } = await story.send(await story.sealed(), ['qingchuan'])

  const security = await office.as('secadmin')
  const { rows } = await security.call(directoryContract.listPeople, { text: '贺庆丰' })
  const successor = rows[0]
  const { posts } = await security.call(directoryContract.listPosts, {})
  const [receiver, clerk] = ['方琳', '石磊'].map((name) => posts.find((post) => post.personName === name))
  if (!successor || !receiver || !clerk) throw new Error('somebody is missing')
  const { id: successorPostId } = await security.call(directoryContract.grantPost, { personId: successor.id, unitId: receiver.unitId, title: '收文员', duties: ['receiver', 'registrar'], primary: false })
  for (const post of [receiver, clerk]) await security.call(directoryContract.endPost, { postId: post.id, successorPostId })
  await office.settle()

  const head = await story.as('qingchuanHead')
  const entries = (await head.call(inboxContract.list, {})).rows.filter((row) => row.room === 'exchange')
  expect(entries.map((row) => [row.subjectId, row.step]).toSorted()).toEqual([[toRead, 'exchange.step.read'], [toSign, 'exchange.step.sign-for']].toSorted())
  const { results } = await head.call(inboxContract.readTogether, { ids: entries.filter((row) => row.kind === 'to-read').map((row) => row.id) })
  expect(results.map((each) => each.refusal)).toEqual([null])
  expect((await story.see(toRead, 'qingchuanHead'))?.readers).toMatchObject([{ personName: '贺庆丰' }])
  await story.signFor(toSign, 'qingchuanHead')
  await office.close()
}, 120_000)
