import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Malformed } from './byte-reader.ts'
import { absorbUpdate, emptyLedger, judgeUpdate } from './ledger.ts'
import { scanUpdate } from './scan-update.ts'
import { seeded } from './twins/raw-client.ts'

/** A document with every kind of content an editor makes. */
function aRichDocument(seed: number): Y.Doc {
  const random = seeded(seed)
  const doc = new Y.Doc()
  const body = doc.getXmlFragment('body')
  for (let n = 0; n < 30; n += 1) {
    const paragraph = new Y.XmlElement('paragraph')
    body.insert(Math.floor(random() * (body.length + 1)), [paragraph])
    const text = new Y.XmlText('工作要点😀' + n)
    paragraph.insert(0, [text])
    paragraph.setAttribute('level', String(n % 4))
    text.format(0, 3, { insertion: { id: `p:${n}` } })
    doc
      .getMap('elements')
      .set('k' + (n % 5), { list: [1, -2, 2.5, true, null, 'x', { deep: [n] }], bytes: new Uint8Array([1, n]) })
    if (random() < 0.3) body.delete(0, 1)
  }
  doc.getText('t').insertEmbed(0, { image: 'x' })
  return doc
}

describe('scanning an update', () => {
  test.each([1, 2, 3, 4, 5])('finds the ranges and deletions Yjs finds (seed %i)', (seed) => {
    const update = Y.encodeStateAsUpdate(aRichDocument(seed))
    const decoded = Y.decodeUpdate(update)

    const scan = scanUpdate(update)

    const ends = new Map<number, number>()
    for (const { id, length } of decoded.structs) ends.set(id.client, id.clock + length)
    expect(new Map(scan.blocks.map((block) => [block.client, block.end]))).toEqual(ends)
    const deleted = [...decoded.ds.clients].flatMap(([client, items]) =>
      items.map((item) => ({ client, clock: item.clock, end: item.clock + item.len })),
    )
    expect(scan.deletes).toEqual(deleted)
  })

  test('refuses every truncation and every trailing byte', () => {
    const update = Y.encodeStateAsUpdate(aRichDocument(7))
    for (let length = 0; length < update.length; length += 1) {
      expect(() => scanUpdate(update.subarray(0, length)), `${length} bytes`).toThrow(Malformed)
    }
    expect(() => scanUpdate(Buffer.concat([update, Uint8Array.of(0)]))).toThrow(Malformed)
  })

  test('refuses sub-documents', () => {
    const doc = new Y.Doc()
    doc.getMap('m').set('sub', new Y.Doc())
    expect(() => scanUpdate(Y.encodeStateAsUpdate(doc))).toThrow(Malformed)
  })

  test('refuses what makes every client that applies it throw: a struct that refers to a later one of its own client', () => {
    const poison = craft([{ client: 5, clock: 0, structs: [{ origin: [5, 7], text: 'x' }] }])
    expect(() => Y.applyUpdate(new Y.Doc(), poison)).toThrow()
    expect(() => scanUpdate(poison)).toThrow(Malformed)
  })

  test('refuses one client in two blocks, of which Yjs would silently keep the second', () => {
    const block = { client: 5, clock: 0, structs: [{ origin: null, text: 'x' }] }
    expect(() => scanUpdate(craft([block, block]))).toThrow(Malformed)
  })

  test('refuses an update in the second encoding', () => {
    expect(() => scanUpdate(Y.encodeStateAsUpdateV2(aRichDocument(3)))).toThrow(Malformed)
  })
})

describe('the ledger', () => {
  test('holds back structs that wait for each other in a circle', () => {
    const circle = craft([
      { client: 5, clock: 0, structs: [{ origin: [6, 0], text: 'x' }] },
      { client: 6, clock: 0, structs: [{ origin: [5, 0], text: 'y' }] },
    ])
    expect(judgeUpdate(emptyLedger(), scanUpdate(circle), 'a')).toEqual({ kind: 'gap' })
  })

  test('accepts a whole document whose clients refer to each other in turn, and knows it afterwards', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    for (let n = 0; n < 20; n += 1) {
      const [from, to] = n % 2 === 0 ? [a, b] : [b, a]
      from.getText('t').insert(n, String(n % 10))
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
    }
    a.getText('t').delete(3, 5)
    const scan = scanUpdate(Y.encodeStateAsUpdate(a))
    const ledger = emptyLedger()

    expect(judgeUpdate(ledger, scan, 'a')).toEqual({ kind: 'new' })
    absorbUpdate(ledger, scan, 'a')

    expect(judgeUpdate(ledger, scan, 'a')).toEqual({ kind: 'known' })
    expect(judgeUpdate(ledger, scan, 'b')).toEqual({ kind: 'known' })
  })
})

interface CraftedStruct {
  readonly origin: readonly [number, number] | null
  readonly text: string
}

/** An update byte by byte, as no Yjs client would make it. */
function craft(
  blocks: readonly { readonly client: number; readonly clock: number; readonly structs: readonly CraftedStruct[] }[],
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, blocks.length)
  for (const { client, clock, structs } of blocks) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const { origin, text } of structs) {
      encoding.writeUint8(encoder, origin === null ? 4 : 4 | 128)
      if (origin === null) {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, 't')
      } else {
        encoding.writeVarUint(encoder, origin[0])
        encoding.writeVarUint(encoder, origin[1])
      }
      encoding.writeVarString(encoder, text)
    }
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}
