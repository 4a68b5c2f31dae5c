/** Editing a document's live text from Node: the demonstration and tests type like anybody, over the same socket. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { WebSocket } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { ApiClient } from './api-client.ts'

const messageSync = 0
const messageAck = 101
const stepTwo = 1

/** Opens a document's text, changes it in one transaction, and resolves once the server has the change on disk.
 *
 * @throws Error when the socket closes before that
 */
export async function editLive(client: ApiClient, documentId: DocumentId, change: (doc: Y.Doc) => void): Promise<void> {
  const { ticket, ydocVersion } = await client.call(documentsContract.ticket, { documentId })
  const address = `${client.url.replace(/^http/, 'ws')}/sync/${documentId}?ticket=${ticket}&x=1&v=${ydocVersion}`
  const socket = new WebSocket(address, { origin: client.url })
  socket.binaryType = 'arraybuffer'
  try {
    await settleEdit(socket, change)
  } finally {
    socket.close()
  }
}

function settleEdit(socket: WebSocket, change: (doc: Y.Doc) => void): Promise<void> {
  const doc = new Y.Doc()
  let framesSent = 0
  let isChanged = false
  return new Promise((resolve, reject) => {
    const sendFrame = (write: (encoder: encoding.Encoder) => void, counted: boolean): void => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, messageSync)
      write(encoder)
      if (counted) framesSent += 1
      socket.send(encoding.toUint8Array(encoder))
    }
    const applyChange = (): void => {
      isChanged = true
      const before = Y.encodeStateVector(doc)
      doc.transact(() => change(doc))
      sendFrame((encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(doc, before)), true)
    }
    socket.on('open', () => sendFrame((encoder) => writeSyncStep1(encoder, doc), false))
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`the text's socket closed with ${code} ${reason.toString()}`)))
    socket.on('message', (data: ArrayBuffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data))
      const type = decoding.readVarUint(decoder)
      if (type === messageAck) {
        decoding.readVarUint(decoder)
        if (isChanged && decoding.readVarUint(decoder) >= framesSent) resolve()
      } else if (type === messageSync) {
        const reply = encoding.createEncoder()
        encoding.writeVarUint(reply, messageSync)
        const step = readSyncMessage(decoder, reply, doc, null)
        if (encoding.length(reply) > 1) {
          framesSent += 1
          socket.send(encoding.toUint8Array(reply))
        }
        if (step === stepTwo && !isChanged) applyChange()
      }
    })
  })
}
