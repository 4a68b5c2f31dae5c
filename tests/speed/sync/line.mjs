// One raw WebSocket of the load generator: as cheap as it can be, so that the generator is not what is measured.
import { connect } from 'node:net'

const idle = () => undefined

/** Opens `path`, hands the line to `onOpen`, then calls `onMessage(bytes, start, end)` for every message; resolves once upgraded. */
export function openLine({ port, path, headers = {}, onOpen = idle, onMessage = idle, onClose = idle }) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let rest = null
    let wanted = 0
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
    socket.on('data', (chunk) => {
      let data = chunk
      if (rest !== null) {
        rest.push(chunk)
        wanted -= chunk.length
        if (wanted > 0) return
        data = Buffer.concat(rest)
        rest = null
      }
      let at = 0
      if (!isOpen) {
        const end = data.indexOf('\r\n\r\n')
        if (end < 0) return void (rest = [data])
        const status = data.toString('latin1', 9, 12)
        if (status !== '101') return reject(new Error(`upgrade answered ${status}`))
        isOpen = true
        at = end + 4
        onOpen(line)
        resolve(line)
      }
      at = readFrames(data, at, line)
      if (at < data.length) {
        rest = [data.subarray(at)]
        wanted = missingBytes(data, at)
      }
    })
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
