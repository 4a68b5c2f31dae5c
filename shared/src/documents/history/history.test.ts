import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { cleanText, emptyElements } from '../model.ts'
import { readDocument, runsOf, writeDocument } from '../text/index.ts'
import { bodyOf } from '../ydoc.ts'
import { changeOrigins } from './change-origins.ts'
import { type LoggedRow, openHistory, type TickRange } from './history.ts'
import { traceOf } from './trace.ts'

/** A log kept as the server keeps it: the account is the one that sent the update. */
class Log {
  readonly doc = new Y.Doc()
  readonly rows: LoggedRow[] = []
  #seq = 0

  constructor(...lines: readonly string[]) {
    this.by('ann', (doc) => writeDocument(doc, { version: 1, elements: emptyElements('通知'), blocks: lines.map((text, index) => ({ kind: index === 0 ? ('title' as const) : ('paragraph' as const), runs: [{ text }] })) }))
  }

  by(personId: string, act: (doc: Y.Doc) => void): number {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc))
    const before = Y.encodeStateVector(copy)
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => void updates.push(update))
    act(copy)
    expect(before).toBeDefined()
    this.#seq += 1
    const parts = updates.map((update) => Y.decodeUpdate(update))
    const adds: TickRange[] = parts.flatMap(({ structs }) => structs.map((struct) => ({ client: struct.id.client, clock: struct.id.clock, end: struct.id.clock + struct.length })))
    const deletes: TickRange[] = parts.flatMap(({ ds }) => [...ds.clients].flatMap(([client, items]) => items.map((item) => ({ client, clock: item.clock, end: item.clock + item.len }))))
    this.rows.push({ seq: this.#seq, personId, at: this.#seq * 3_600_000, updates, adds, deletes })
    for (const update of updates) Y.applyUpdate(this.doc, update)
    return this.#seq
  }
}

function text(doc: Y.Doc, block: number): Y.XmlText {
  const element = bodyOf(doc).get(block)
  const found = element instanceof Y.XmlElement ? element.get(0) : null
  if (!(found instanceof Y.XmlText)) throw new Error('no text there')
  return found
}

function told(log: Log, from: number, wanted?: (personId: string) => boolean): readonly string[] {
  const trace = traceOf(openHistory(log.rows), from, wanted && ((by) => wanted(by.personId)))
  return trace.map((block) => block.parts.map((part) => (part.op === 'same' ? part.text : `${part.op === 'added' ? '+' : '-'}${part.by.personId}:${part.text}|`)).join(''))
}

describe('the trace of a text', () => {
  test('names who added and who removed each letter since a row of the log', () => {
    const log = new Log('标题', '请认真贯彻执行')
    log.by('bob', (doc) => text(doc, 1).insert(1, '各单位'))
    log.by('cid', (doc) => text(doc, 1).delete(4, 2))
    expect(told(log, 1)).toEqual(['标题', '请+bob:各单位|-cid:认真|贯彻执行'])
  })

  test('reads changes of others as accepted when one person is asked for', () => {
    const log = new Log('标题', '请认真贯彻执行')
    log.by('bob', (doc) => text(doc, 1).insert(1, '各单位'))
    log.by('cid', (doc) => text(doc, 1).delete(4, 2))
    expect(told(log, 1, (personId) => personId === 'bob')[1]).toBe('请+bob:各单位|贯彻执行')
    expect(told(log, 1, (personId) => personId === 'cid')[1]).toBe('请各单位-cid:认真|贯彻执行')
  })

  test('gives a proposed change to whoever proposed it, also after somebody else accepted it', () => {
    const log = new Log('标题', '请认真贯彻执行')
    log.by('bob', (doc) => text(doc, 1).format(1, 2, { deletion: { id: 'bob:1' } }))
    expect(told(log, 1)[1]).toBe('请-bob:认真|贯彻执行')
    log.by('ann', (doc) => text(doc, 1).delete(1, 2))
    expect(told(log, 1)[1]).toBe('请-bob:认真|贯彻执行')
  })

  test('keeps the author of letters that a split or a change of level writes anew', () => {
    const log = new Log('标题', '')
    log.by('bob', (doc) => {
      const line = new Y.XmlText()
      line.insert(0, '乙写的前半乙写的后半')
      const element = bodyOf(doc).get(1)
      if (element instanceof Y.XmlElement) element.insert(0, [line])
    })
    log.by('cid', (doc) => {
      doc.transact(() => {
        text(doc, 1).delete(5, 5)
        const tail = new Y.XmlElement('heading')
        const words = new Y.XmlText()
        words.insert(0, '乙写的后半')
        tail.insert(0, [words])
        bodyOf(doc).insert(2, [tail])
      })
    })
    expect(told(log, 0).slice(1)).toEqual(['+bob:乙写的前半|', '+bob:乙写的后半|'])
    expect(told(log, 2).slice(1)).toEqual(['乙写的前半', '乙写的后半'])
  })

  test('a client that writes another’s name into a revision is found out: the log says who sent it', () => {
    const log = new Log('标题', '请认真贯彻执行')
    log.by('mallory', (doc) => text(doc, 1).insert(0, '速', { insertion: { id: 'ann:forged' } }))
    expect(changeOrigins(openHistory(log.rows))).toMatchObject([{ id: 'ann:forged', personId: 'mallory' }])
    expect(told(log, 1)[1]).toBe('+mallory:速|请认真贯彻执行')
  })

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('from the beginning it holds exactly the text, from any row exactly the text of that row (seed %i)', (seed) => {
    let state = seed * 2654435761 + 1
    const random = (): number => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0), state / 2 ** 32)
    const log = new Log('标题', '甲乙丙丁戊己庚辛', '子丑寅卯辰巳午未')
    const texts = [clean(log.doc)]
    for (let step = 0; step < 25; step += 1) {
      log.by(random() < 0.5 ? 'bob' : 'cid', (doc) => {
        const line = text(doc, 1 + Math.floor(random() * 2))
        const at = Math.floor(random() * (line.length + 1))
        if (random() < 0.55) line.insert(at, '增补删改'.slice(0, 1 + Math.floor(random() * 4)))
        else if (at < line.length) line.delete(at, Math.min(3, line.length - at))
        else line.insert(at, '末')
      })
      texts.push(clean(log.doc))
    }
    const history = openHistory(log.rows)
    for (const from of [0, 1, 9, 20]) {
      const trace = traceOf(history, from)
      const side = (gone: 'added' | 'removed') => trace.map((block) => block.parts.filter((part) => part.op !== gone).map((part) => part.text).join('')).join('\n')
      expect(side('removed')).toBe(texts.at(-1))
      if (from > 0) expect(side('added')).toBe(texts[from - 1])
    }
  })
})

function clean(doc: Y.Doc): string {
  return readDocument(doc).blocks.map((block) => cleanText(runsOf(block))).join('\n')
}
