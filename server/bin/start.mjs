// `npm start`: installs, builds, migrates, creates the demonstration office and serves it.
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
ensureBuilt()
process.argv.splice(2, 0, 'demo')
await import('./xiewen.mjs')
