import { expect, test } from 'vitest'
import type { RightsLevel } from './ports.ts'
import { createRightsDesk } from './rights-desk.ts'

interface Question {
  readonly documentId: string
  readonly people: readonly string[]
  readonly answer: (levels: ReadonlyMap<string, RightsLevel>) => void
  readonly fail: (cause: Error) => void
}

function aDesk(): { readonly questions: Question[]; readonly ask: (documentId: string, personId: string) => Promise<RightsLevel> } {
  const questions: Question[] = []
  const rightsOfPeople = (documentId: string, people: readonly string[]): Promise<ReadonlyMap<string, RightsLevel>> =>
    new Promise((answer, fail) => questions.push({ documentId, people, answer, fail }))
  return { questions, ask: createRightsDesk({ rightsOfPeople }, (answer) => answer).ask }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('who comes while a question is under way shares the next one: an answer is never older than the asking', async () => {
  const { questions, ask } = aDesk()
  const first = ask('d', 'a')
  const later = Promise.all([ask('d', 'b'), ask('d', 'a'), ask('d', 'c')])
  expect(questions.map(({ people }) => people)).toEqual([['a']])
  questions[0]?.answer(new Map([['a', 'edit']]))
  expect(await first).toBe('edit')
  await soon()
  expect(questions.map(({ people }) => people)).toEqual([['a'], ['b', 'a', 'c']])
  questions[1]?.answer(new Map([['b', 'read'], ['a', 'suggest']]))
  expect(await later).toEqual(['read', 'suggest', 'none'])
})

test('another document does not wait, and a failed question fails only those it was asked for', async () => {
  const { questions, ask } = aDesk()
  const [first, second] = [ask('d', 'a'), ask('d', 'b')]
  const elsewhere = ask('e', 'a')
  expect(questions.map(({ documentId }) => documentId)).toEqual(['d', 'e'])
  questions[1]?.answer(new Map([['a', 'edit']]))
  expect(await elsewhere).toBe('edit')
  questions[0]?.fail(new Error('the database is away'))
  await expect(first).rejects.toThrow('away')
  await soon()
  questions[2]?.answer(new Map([['b', 'edit']]))
  expect(await second).toBe('edit')
})
