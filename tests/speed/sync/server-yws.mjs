// @y/websocket-server, memory only, as its own command starts it.
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { answerParent } from './answer-parent.mjs'

const peers = createRequire(process.env.XIEWEN_PEERS)
const { setupWSConnection } = await import(pathToFileURL(peers.resolve('@y/websocket-server/utils').replace('dist/utils.cjs', 'src/utils.js')))
const { WebSocketServer } = peers('ws')
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer((_request, response) => response.end('okay'))
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
)
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
answerParent({ port: server.address().port }, { openings: (names) => names.map((name) => ({ path: `/${name}`, prefix: [], first: [] })) })
