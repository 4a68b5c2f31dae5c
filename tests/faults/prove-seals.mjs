// `npm run prove:seals -- [--only=ID,ID …]`: takes every guard of seal-guards.mjs away in turn, in a copy of the tree, and expects its test to fail.
// An ID is the beginning of one: `V1` is V10 to V19, `S06` all three of step-up. Needs a built server: `npm run build`.
import { proveGuards } from './prove-guards.mjs'
import { guards, without } from './seal-guards.mjs'

const ids = []
for (const word of process.argv.slice(2)) {
  const only = /^--only=(.+)$/.exec(word)
  if (only === null) {
    process.stderr.write('npm run prove:seals -- [--only=ID,ID …]\n')
    process.exit(2)
  }
  ids.push(...only[1].split(','))
}
process.exit(proveGuards({ guards, without, ids, first: true }))
