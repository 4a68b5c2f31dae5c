/** A sync endpoint over a file log in a process of its own, to be killed: `node serve-alone.js <file> <port> <documentId>`.
 * Over IPC it is asked for tickets by person and answers with them. */
import { openFileLog } from './file-log.ts'
import { startHarness } from './harness.ts'

const [path, port, documentId] = process.argv.slice(2)
if (path === undefined || port === undefined || documentId === undefined)
  throw new Error('file, port and document expected')
const log = await openFileLog(path)
await log.create(documentId)
const harness = await startHarness({ log, port: Number(port), limits: { compactTailBytes: 2000 } })
process.on('message', (personId) => {
  process.send?.({ personId, ticket: harness.ticket(documentId, String(personId)), origin: harness.origin })
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
