import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Block, emptyElements, type TableCell } from '../model.ts'
import { writeDocument } from '../text/index.ts'
import { bodyOf } from '../ydoc.ts'
import { type LoggedRow, openHistory, type TickRange } from './history.ts'
import { type TraceBlock, traceOf } from './trace.ts'

const cell = (text: string): TableCell => ({ columns: 1, runs: [{ text }] })
const picture: Block = { kind: 'figure', image: { digest: 'a'.repeat(64), widthPx: 100, heightPx: 50, widthMm: 90 }, runs: [{ text: '图' }] }
const blocks: readonly Block[] = [
  { kind: 'title', runs: [{ text: '标题' }] },
  { kind: 'heading', level: 1, runs: [{ text: '自查方式' }] },
  { kind: 'paragraph', runs: [{ text: '请认真贯彻' }, { text: '执行', bold: true }] },
  { kind: 'table', rows: [{ header: true, cells: [cell('序号'), cell('事项')] }, { header: false, cells: [cell('一'), cell('归集')] }] },
  picture,
]

/** A log kept as the server keeps it: the account is the one that sent the update. */
class Log {
  readonly doc = new Y.Doc()
  readonly rows: LoggedRow[] = []

  constructor() {
    this.by('ann', (doc) => writeDocument(doc, { version: 1, elements: emptyElements('通知'), blocks }))
  }

  by(personId: string, act: (doc: Y.Doc) => void): this {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc))
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => void updates.push(update))
    copy.transact(() => act(copy))
    const parts = updates.map((update) => Y.decodeUpdate(update))
    const adds: TickRange[] = parts.flatMap(({ structs }) => structs.map((struct) => ({ client: struct.id.client, clock: struct.id.clock, end: struct.id.clock + struct.length })))
    const deletes: TickRange[] = parts.flatMap(({ ds }) => [...ds.clients].flatMap(([client, items]) => items.map((item) => ({ client, clock: item.clock, end: item.clock + item.len }))))
    const seq = this.rows.length + 1
    this.rows.push({ seq, personId, at: seq * 3_600_000, updates, adds, deletes })
    for (const update of updates) Y.applyUpdate(this.doc, update)
    return this
  }

  trace(from: number, wanted: (personId: string) => boolean = () => true): readonly TraceBlock[] {
    return traceOf(openHistory(this.rows), from, (by) => wanted(by.personId))
  }
}

const element = (doc: Y.Doc, ...path: readonly number[]): Y.XmlElement => path.reduce((node: Y.XmlFragment, at) => node.get(at) as Y.XmlElement, bodyOf(doc)) as Y.XmlElement
const line = (doc: Y.Doc, ...path: readonly number[]): Y.XmlText => element(doc, ...path).get(0) as unknown as Y.XmlText

/** What a block tells of formats: `words[bold bob]`. */
function formats(block: TraceBlock | undefined): string {
  return (block?.parts ?? []).map(({ text, format }) => (format === null ? text : `${text}[${format.to} ${format.by.personId}]`)).join('')
}

const shapes = (block: TraceBlock | undefined) => block?.shapes.map(({ code, by }) => `${code} ${by.personId}`)

describe('the trace of formats', () => {
  test('names who made letters bold or plain since a row, whatever the text claims', () => {
    const log = new Log().by('bob', (doc) => line(doc, 2).format(1, 2, { bold: {} })).by('cid', (doc) => line(doc, 2).format(5, 2, { bold: null }))
    expect(formats(log.trace(1)[2])).toBe('请认真[bold bob]贯彻执行[plain cid]')
    expect(log.trace(1)[2]?.parts.filter((part) => part.bold).map((part) => part.text)).toEqual(['认真'])
    expect(formats(log.trace(2)[2])).toBe('请认真贯彻执行[plain cid]')
    expect(formats(log.trace(3)[2])).toBe('请认真贯彻执行')
  })

  test('says nothing of letters made bold and plain again, nor of those that came bold', () => {
    const log = new Log().by('bob', (doc) => line(doc, 2).format(0, 5, { bold: {} })).by('cid', (doc) => line(doc, 2).format(0, 5, { bold: null })).by('bob', (doc) => line(doc, 2).insert(2, '切实', { bold: {} }))
    expect(formats(log.trace(1)[2])).toBe('请认切实真贯彻执行')
  })

  test('knows letters again that a change of kind wrote anew', () => {
    const log = new Log().by('bob', (doc) => {
      const fresh = new Y.XmlElement('heading')
      fresh.insert(0, [new Y.XmlText('请认真贯彻执行')])
      bodyOf(doc).delete(2, 1)
      bodyOf(doc).insert(2, [fresh])
    })
    expect(formats(log.trace(1)[2])).toBe('请认真贯彻执行[plain bob]')
    expect(log.trace(1)[2]?.before).toMatchObject({ before: { kind: 'paragraph' }, by: { personId: 'bob' } })
  })

  test('reads formats of others as accepted when one person is asked for', () => {
    const log = new Log().by('bob', (doc) => line(doc, 2).format(0, 2, { bold: {} })).by('cid', (doc) => element(doc, 1).setAttribute('level', 2 as never)).by('cid', (doc) => element(doc, 4).setAttribute('widthMm', 52 as never))
    const [bobs, cids] = [log.trace(1, (id) => id === 'bob'), log.trace(1, (id) => id === 'cid')]
    expect([formats(bobs[2]), bobs[1]?.before, bobs[1]?.level, shapes(bobs[4])]).toEqual(['请认[bold bob]真贯彻执行', null, 2, []])
    expect([formats(cids[2]), cids[1]?.before?.before, shapes(cids[4])]).toEqual(['请认真贯彻执行', { kind: 'heading', level: 1 }, ['picture-width cid']])
  })

  test('names cells merged, rows added and a figure’s width, each under whoever did it', () => {
    const log = new Log()
      .by('bob', (doc) => {
        element(doc, 3, 0, 0).setAttribute('colspan', 2 as never)
        element(doc, 3, 0).delete(1, 1)
      })
      .by('cid', (doc) => element(doc, 3).insert(2, [element(doc, 3, 1).clone()]))
      .by('bob', (doc) => element(doc, 4).setAttribute('widthMm', 60 as never))
      .by('bob', (doc) => element(doc, 4).setAttribute('widthMm', 52 as never))
    const trace = log.trace(1)
    expect(shapes(trace[3])).toEqual(['merged bob', 'rows cid'])
    expect(trace[4]?.shapes).toMatchObject([{ code: 'picture-width', params: { before: 90, after: 52 }, by: { personId: 'bob' } }])
    expect(shapes(log.trace(2)[3])).toEqual(['rows cid'])
  })

  test('paragraphs of a cell stay apart when cells are merged', () => {
    const log = new Log().by('bob', (doc) => {
      element(doc, 3, 1).delete(1, 1)
      const fresh = new Y.XmlElement('paragraph')
      fresh.insert(0, [new Y.XmlText('归集')])
      element(doc, 3, 1, 0).insert(1, [fresh])
    })
    expect(log.trace(1)[3]?.parts.map(({ op, text }) => `${op} ${text}`)).toEqual(['same 序号', 'same 事项', 'same 一\n归集'])
  })

  test('of a block that came later tells nothing: the reader never saw it otherwise', () => {
    const log = new Log().by('bob', (doc) => bodyOf(doc).insert(4, [element(doc, 3).clone()])).by('bob', (doc) => element(doc, 4).setAttribute('landscape', true as never)).by('bob', (doc) => element(doc, 4).removeAttribute('landscape'))
    expect(log.trace(1)[4]?.op).toBe('added')
    expect(shapes(log.trace(1)[4])).toEqual([])
    expect(shapes(log.trace(3)[4])).toEqual(['upright bob'])
  })

  test('what one did and undid is not told', () => {
    const log = new Log().by('bob', (doc) => element(doc, 3).setAttribute('landscape', true as never)).by('bob', (doc) => element(doc, 3).removeAttribute('landscape')).by('cid', (doc) => element(doc, 4).setAttribute('widthMm', 52 as never)).by('cid', (doc) => element(doc, 4).setAttribute('widthMm', 90 as never))
    expect([shapes(log.trace(1)[3]), shapes(log.trace(1)[4])]).toEqual([[], []])
  })

  test('a table keeps its rows and cells; words of a cell taken away stand struck in the one before', () => {
    const log = new Log().by('bob', (doc) => element(doc, 3, 1).delete(1, 1)).by('bob', (doc) => element(doc, 3).delete(0, 1))
    const table = log.trace(1)[3]
    expect(table?.rows.map((row) => [row.op, row.cells.map((each) => each.parts)])).toEqual([['removed', [1, 1]], ['same', [2]]])
    expect(table?.parts.map(({ op, text }) => `${op} ${text}`)).toEqual(['removed 序号', 'removed 事项', 'same 一', 'removed 归集'])
  })

  test('a figure carries its picture: the one that stands, one put in, one taken out, one put in another’s place', () => {
    const told = (block: TraceBlock | undefined) => block?.pictures.map(({ op, digest, widthMm, by }) => `${op} ${digest.slice(0, 1)} ${widthMm} ${by.personId}`)
    const log = new Log()
      .by('bob', (doc) => element(doc, 4).setAttribute('widthMm', 52 as never))
      .by('cid', (doc) => element(doc, 4).setAttribute('digest', 'b'.repeat(64)))
    expect(told(log.trace(1)[4])).toEqual(['removed a 52 cid', 'added b 52 cid'])
    expect(told(log.trace(1, (id) => id === 'bob')[4])).toEqual(['same b 52 cid'])
    expect(told(log.trace(0)[4])).toEqual(['added b 52 cid'])
    log.by('bob', (doc) => bodyOf(doc).insert(5, [element(doc, 4).clone()])).by('cid', (doc) => bodyOf(doc).delete(4, 1))
    expect(log.trace(3).filter(({ kind }) => kind === 'figure').map(told)).toEqual([['removed b 52 cid'], ['added b 52 bob']])
    expect(log.trace(3, (id) => id === 'bob').filter(({ kind }) => kind === 'figure').map(told)).toEqual([['added b 52 bob']])
    expect(log.trace(5).filter(({ kind }) => kind === 'figure').map(told)).toEqual([['same b 52 bob']])
  })

  test('a figure carried elsewhere by one row is neither new nor gone', () => {
    const log = new Log().by('bob', (doc) => {
      const copy = element(doc, 4).clone()
      bodyOf(doc).delete(4, 1)
      bodyOf(doc).insert(2, [copy])
    })
    const figures = log.trace(1).filter(({ pictures }) => pictures.length > 0)
    expect(figures.map(({ pictures }) => pictures.map(({ op }) => op))).toEqual([['same']])
  })
})
