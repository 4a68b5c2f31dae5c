/** Entry of the desktop client's main process. */
import { join } from 'node:path'
import { app, protocol } from 'electron'
import { startClient } from '../shell/main/client.ts'

// Before the app is ready, or it is too late: `app:` pages are proper origins, with storage, fetch and a secure context.
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])
app.enableSandbox()

startClient(join(__dirname, '..')).catch((cause: unknown) => {
  console.error('desktop: the client could not start', cause)
  app.exit(1)
})
