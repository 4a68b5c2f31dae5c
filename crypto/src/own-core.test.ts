import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = new URL('.', import.meta.url).pathname
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
)

test('no source file imports anything from outside this folder, but for PKCS#12 behind its own door (decisions 0001, 0003)', () => {
  expect(files.length).toBeGreaterThan(30)
  const foreign = files.flatMap((name) =>
    [...readFileSync(join(source, name), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
      .map(([, target = '']) => target)
      .filter((target) => !target.startsWith('.'))
      .map((target) => `${name}: ${target}`),
  )
  expect(foreign).toEqual(['classic/pkcs12.ts: node-forge'])
  const door = readFileSync(join(source, 'index.ts'), 'utf8')
  expect(door).not.toContain('classic')
})

test('no SM library is among the dependencies (decision 0001); one is measured against, in development', () => {
  const manifest: { dependencies: unknown } = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8'))
  expect(JSON.stringify(manifest.dependencies)).not.toMatch(/sm-crypto|gm-crypto|sm2|sm3|sm4|gmssl/i)
})

test('randomness comes from the platform generator and never from Math.random (decision 0001)', () => {
  const users = files.filter((name) => readFileSync(join(source, name), 'utf8').includes('Math.random'))
  expect(users).toEqual([])
})
