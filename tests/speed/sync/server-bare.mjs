// No sync server: sockets that pass every frame on to the others at once, unread, unchecked and unstored. What it costs is what the
// machine takes for carrying frames one by one; a server that writes a delivery at a time cannot be cheaper.
import { createServer } from 'node:http'
import { answerParent } from './answer-parent.mjs'

const rooms = new Map()
const server = createServer((_request, response) => response.end('okay'))
server.on('upgrade', (request, socket, head) => {
  const room = rooms.get(request.url) ?? new Set()
  rooms.set(request.url, room.add(socket))
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => room.delete(socket))
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  let rest = head
  const read = (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (let frame = frameAt(bytes, at); frame !== null; frame = frameAt(bytes, at)) {
      at = frame.end
      pass(socket, room, frame.body)
    }
    rest = bytes.subarray(at)
  }
  socket.on('data', read)
})

/** The whole frame at `at`, or null. The generator masks with zeros and sends no frame of 64 kB. */
function frameAt(bytes, at) {
  if (bytes.length - at < 2) return null
  const short = bytes[at + 1] & 127
  const head = short === 126 ? 8 : 6
  if (bytes.length - at < head) return null
  const end = at + head + (short === 126 ? bytes.readUInt16BE(at + 2) : short)
  return bytes.length < end ? null : { body: bytes.subarray(at + head, end), end }
}

/** Step 1 is answered with an empty step 2; everything else goes to all others. */
function pass(from, room, body) {
  const isSync = body[0] === 0
  if (isSync && body[1] === 0) return void from.write(framed(Buffer.of(0, 1, 2, 0, 0)))
  const frame = framed(body)
  for (const socket of room) if (socket !== from) socket.write(frame)
}

function framed(body) {
  const head = body.length < 126 ? Buffer.of(0x82, body.length) : Buffer.of(0x82, 126, body.length >> 8, body.length & 255)
  return Buffer.concat([head, body])
}

await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
answerParent({ port: server.address().port }, { openings: (names) => names.map((name) => ({ path: `/${name}`, prefix: [], first: [] })) })
