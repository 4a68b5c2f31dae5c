import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as door from './index.ts'

const room = new URL('..', import.meta.url).pathname
const readme = readFileSync(join(room, 'README.md'), 'utf8')

test('every example of the README compiles', () => {
  const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  expect(examples.length).toBe(5)
  mkdirSync(join(room, 'build'), { recursive: true })
  const folder = mkdtempSync(join(room, 'build/readme-'))
  examples.forEach((code, i) => {
    writeFileSync(join(folder, `example-${i}.ts`), code.replaceAll("'@xiewen/crypto'", "'../../src/index.ts'"))
  })
  const compilerOptions = { noEmit: true, composite: false, incremental: false, rewriteRelativeImportExtensions: false }
  const options = { ...compilerOptions, allowImportingTsExtensions: true, lib: ['es2023', 'dom'], types: [] }
  const config = { extends: '../../../shared/tsconfig.base.json', compilerOptions: options, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(room, '../node_modules/typescript/bin/tsc')
  try {
    const run = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    expect({ output: run.stdout, status: run.status }).toEqual({ output: '', status: 0 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)

test('every function of the table in the README is behind the door', () => {
  const table = readme.slice(readme.indexOf('| Need |'), readme.indexOf('## Sign and verify'))
  const named = [...table.matchAll(/`([a-z]\w+)[(`]/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(25)
  const known = new Set(Object.keys(door))
  expect(named.filter((name) => !known.has(name))).toEqual([])
})
