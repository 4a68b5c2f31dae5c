// One raw WebSocket of the load generator: as cheap as it can be, so that the generator is not what is measured.
import { connect } from 'node:net'

const idle = () => undefined

/** Messages longer than this are whole documents: of them the first bytes are read and the others counted, because copying a hundred
 * megabytes together would take the generator longer than sending them takes a server. */
const [wholeBytes, headBytes] = [64 << 10, 64]

/** What comes is read into one buffer for all lines; whoever keeps bytes beyond the turn copies them. */
const arriving = Buffer.allocUnsafe(256 << 10)

/** Opens `path`, hands the line to `onOpen`, then calls `onMessage(bytes, start, end)` for every message, of a long one for its
 * first bytes when its last have come; resolves once upgraded. */
export function openLine({ port, path, headers = {}, onOpen = idle, onMessage = idle, onClose = idle }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', onread: { buffer: arriving, callback: (length) => (read(arriving.subarray(0, length)), true) } })
    socket.setNoDelay(true)
    let rest = null
    let wanted = 0
    /** Bytes of a long message that are still to come, and its first ones. */
    let passing = 0
    let head = null
    let isOpen = false
    const line = { socket, bytes: 0, write: (frame) => socket.write(frame), close: () => socket.destroy(), onMessage }
    const lines = Object.entries({
      Host: `127.0.0.1:${port}`,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Version': '13',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error('closed before it was open'))
      onClose()
    })
    function read(chunk) {
      let data = chunk
      if (passing > 0) {
        if (passing > chunk.length) return void (passing -= chunk.length)
        data = chunk.subarray(passing)
        passing = 0
        line.onMessage(head, 0, head.length)
        if (data.length === 0) return
      }
      if (rest !== null) {
        rest.push(Buffer.from(data))
        wanted -= data.length
        if (wanted > 0) return
        data = Buffer.concat(rest)
        rest = null
      }
      let at = 0
      if (!isOpen) {
        const end = data.indexOf('\r\n\r\n')
        if (end < 0) return void (rest = [Buffer.from(data)])
        const status = data.toString('latin1', 9, 12)
        if (status !== '101') return reject(new Error(`upgrade answered ${status}`))
        isOpen = true
        at = end + 4
        onOpen(line)
        resolve(line)
      }
      at = readFrames(data, at, line)
      const long = at < data.length ? longMessage(data, at) : null
      if (long !== null) {
        passing = long.end - data.length
        line.bytes += long.end - long.start
        head = Buffer.from(data.subarray(long.start, long.start + headBytes))
      } else if (at < data.length) {
        rest = [Buffer.from(data.subarray(at))]
        wanted = missingBytes(data, at)
      }
    }
  })
}

function readFrames(data, from, line) {
  let at = from
  const { length } = data
  while (length - at >= 2) {
    let size = data[at + 1] & 127
    let start = at + 2
    if (size === 126) {
      if (length - at < 4) break
      size = data.readUInt16BE(start)
      start += 2
    } else if (size === 127) {
      if (length - at < 10) break
      size = Number(data.readBigUInt64BE(start))
      start += 8
    }
    if (length - start < size) break
    const kind = data[at] & 15
    if (kind === 2) {
      line.bytes += size
      line.onMessage(data, start, start + size)
    } else if (kind === 9) line.write(pong(data.subarray(start, start + size)))
    at = start + size
  }
  return at
}

/** Where a long binary message lies whose first bytes are here; `null` for any other. */
function longMessage(data, at) {
  if (data.length - at < 10 + headBytes || (data[at] & 15) !== 2 || (data[at + 1] & 127) !== 127) return null
  const size = Number(data.readBigUInt64BE(at + 2))
  return size > wholeBytes ? { start: at + 10, end: at + 10 + size } : null
}

function pong(body) {
  const frame = Buffer.alloc(6 + body.length)
  frame[0] = 0x8a
  frame[1] = 128 | body.length
  frame.set(body, 6)
  return frame
}

/** How many more bytes the frame at `at` needs; 1 when not even its head is here. */
function missingBytes(data, at) {
  const have = data.length - at
  if (have < 10) return 1
  const size = data[at + 1] & 127
  const whole = size < 126 ? 2 + size : size === 126 ? 4 + data.readUInt16BE(at + 2) : 10 + Number(data.readBigUInt64BE(at + 2))
  return Math.max(1, whole - have)
}
