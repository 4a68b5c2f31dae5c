import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSm2KeyPair, issueCertificate, issueRevocationList, sm3, softwareKey, toHex } from '@xiewen/crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, migrate, openDatabase } from '../../platform/database/index.ts'
import { keepOutsideList, outsideListMigration } from './outside-list-table.ts'
import { readOutsideLists } from './read-lists.ts'

let dir: string
let database: Database
let list: (number: number) => Promise<Uint8Array>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-lists-'))
  database = await openDatabase({ dataDir: dir, database: { kind: 'sqlite' } })
  await migrate(database, [outsideListMigration], 0)
  const pair = generateSm2KeyPair()
  const key = softwareKey(pair.privateKey)
  const certificate = await issueCertificate({ profile: 'root', subject: { commonName: '根' }, publicKey: pair.publicKey, notBefore: 0, notAfter: 9e12 }, { key, certificate: null })
  list = (number) => issueRevocationList({ number, thisUpdate: 0, nextUpdate: 9e12, entries: [] }, { key, certificate })
})
afterAll(async () => {
  await database.close()
  await rm(dir, { recursive: true, force: true })
})

const bring = (issuer: string, der: Uint8Array): Promise<void> =>
  database.write((db) =>
    keepOutsideList(db, { id: issuer, issuer, issuer_name: issuer, list_number: '', this_update: 0, next_update: 0, entries: 0, der: toHex(der), digest: toHex(sm3(der)), importer_name: '', imported_at: 0 }),
  )
const read = (mostBytes?: number): ReturnType<typeof readOutsideLists> => database.read((db) => readOutsideLists(db, mostBytes))

test('a list is read once, one that takes its place is seen at once, and what was replaced is let go', async () => {
  expect((await read()).size).toBe(0)
  await bring('one', await list(1))
  await bring('two', await list(2))
  const [before, again] = [await read(), await read()]
  expect([...before].map(([issuer, { number }]) => [issuer, number])).toEqual([['one', 1n], ['two', 2n]])
  expect(again.get('one')).toBe(before.get('one'))
  expect(again.get('two')).toBe(before.get('two'))
  await bring('one', await list(3))
  const after = await read()
  expect([after.get('one')?.number, after.get('two')]).toEqual([3n, before.get('two')])
  // Back to the first: it was let go, and is read again.
  await bring('one', before.get('one')?.raw ?? new Uint8Array())
  const back = await read()
  expect(back.get('one')).toEqual(before.get('one'))
  expect(back.get('one')).not.toBe(before.get('one'))
})

test('lists beyond what is kept in memory are read every time, and are right all the same', async () => {
  for (const [issuer, number] of [['one', 11], ['two', 12], ['three', 13]] as const) await bring(issuer, await list(number))
  const size = (await list(10)).length
  const [before, again] = [await read(2.5 * size), await read(2.5 * size)]
  expect([...again.values()].map(({ number }) => number).toSorted()).toEqual([11n, 12n, 13n])
  expect([...again].filter(([issuer, each]) => before.get(issuer) === each)).toHaveLength(2)
})
