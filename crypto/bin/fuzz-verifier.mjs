// `npm run fuzz:verifier [-- ROUNDS [SEED]]`: damaged DER, seals, signatures, PDF and OFD files, at random; nothing may throw, run away or be VALID on changed
// content. Usually 5000 rounds of each kind and a seed that is printed, so that a finding can be made again. CI runs 150 rounds of one seed.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [rounds, seed] = [Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? randomInt(2 ** 31))]
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write('npm run fuzz:verifier [-- ROUNDS [SEED]]\n')
  process.exit(2)
}
const started = Date.now()
const env = { ...process.env, XIEWEN_FUZZ_ROUNDS: String(rounds), XIEWEN_FUZZ_SEED: String(seed) }
const args = ['node_modules/vitest/vitest.mjs', 'run', 'crypto/src/verify/fuzz.test.ts', '--testTimeout', '86400000']
const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
process.stdout.write(`${JSON.stringify({ proof: 'fuzz', rounds, seed, seconds: Math.round((Date.now() - started) / 1000), outcome: status === 0 ? 'nothing found' : `run again with: npm run fuzz:verifier -- ${rounds} ${seed}` })}\n`)
process.exit(status ?? 1)
