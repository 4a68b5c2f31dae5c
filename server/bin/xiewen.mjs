#!/usr/bin/env node
// The command line. Runs what `npm run build` has made.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const entry = new URL('../dist/programs/xiewen.js', import.meta.url)
if (!existsSync(fileURLToPath(entry))) {
  process.stderr.write('还没有构建，请先运行 npm run build。Not built yet: run npm run build first.\n')
  process.exitCode = 3
} else {
  const { runCli } = await import(entry.href)
  // `xiewen lint X | head`: whoever reads has had enough, which is no failure.
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  const terminal = { out: (text) => process.stdout.write(`${text}\n`), err: (text) => process.stderr.write(`${text}\n`) }
  process.exitCode = await runCli(process.argv.slice(2), terminal)
}
