// A colleague at another computer: a socket of their own, a copy of the text, a letter every so often in a paragraph of their own.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const sync = 0
const remote = Symbol('remote')

export class RemoteTypist {
  typed = 0
  #doc = new Y.Doc()
  #socket
  #timer

  /** Joins the text; resolves when it is there. */
  static async open(client, documentId, contract) {
    const { ticket, ydocVersion } = await client.call(contract.ticket, { documentId })
    const typist = new RemoteTypist()
    typist.#socket = new WebSocket(`${client.url.replace(/^http/, 'ws')}/sync/${documentId}?ticket=${ticket}&x=1&v=${ydocVersion}`, { origin: client.url })
    typist.#socket.binaryType = 'arraybuffer'
    await typist.#join()
    return typist
  }

  #join() {
    const send = (write) => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, sync)
      write(encoder)
      this.#socket.send(encoding.toUint8Array(encoder))
    }
    this.#doc.on('update', (update, origin) => {
      if (origin !== remote) send((encoder) => writeUpdate(encoder, update))
    })
    return new Promise((resolve, reject) => {
      this.#socket.on('open', () => send((encoder) => writeSyncStep1(encoder, this.#doc)))
      this.#socket.on('error', reject)
      this.#socket.on('message', (data) => {
        const decoder = decoding.createDecoder(new Uint8Array(data))
        if (decoding.readVarUint(decoder) !== sync) return
        const reply = encoding.createEncoder()
        encoding.writeVarUint(reply, sync)
        const step = readSyncMessage(decoder, reply, this.#doc, remote)
        if (encoding.length(reply) > 1) this.#socket.send(encoding.toUint8Array(reply))
        if (step === 1) resolve()
      })
    })
  }

  /** Types a letter every `ms`, in the paragraph of this number counted in hundreds. */
  start(ms, index) {
    this.#timer = setInterval(() => {
      const body = this.#doc.getXmlFragment('body')
      const block = body.get(Math.min(body.length - 3, 10 + Math.floor(((index + 0.5) / 10) * (body.length - 20))))
      const text = block?.get?.(0)
      if (!(text instanceof Y.XmlText)) return
      text.insert(Math.min(20, text.length), '协')
      this.typed += 1
    }, ms)
  }

  close() {
    clearInterval(this.#timer)
    this.#socket?.close()
  }
}
