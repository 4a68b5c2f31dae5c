import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isRoom, judgeImport, placeOf } from './rooms.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const importPattern = /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g
const sources = ['shared', 'crypto', 'server', 'desktop'].flatMap((pack) => filesUnder(join(root, pack, 'src')))

function filesUnder(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [relative(root, path)] : []
  })
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)

interface Edge {
  readonly from: string
  readonly to: string
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** The file of ours an import means, or null for packages. */
function target(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return existing(relative(root, resolve(root, dirname(from), specifier)))
  const match = /^@xiewen\/(shared|crypto|server|desktop)(?:\/(.+))?$/.exec(specifier)
  if (!match) return null
  return match[2] === undefined ? `${match[1]}/src/index.ts` : `${match[1]}/src/${match[2]}/index.ts`
}

function existing(path: string): string {
  for (const candidate of [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')]) {
    try {
      if (statSync(join(root, candidate)).isFile()) return candidate
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return path
}

const production = sources.filter((file) => !isTest(file))
const edges: readonly Edge[] = production.flatMap((file) => importsOf(file).flatMap((specifier) => {
  const to = target(file, specifier)
  return to === null ? [] : [{ from: file, to }]
}))

describe('the walls between rooms', () => {
  it('there is enough to check: a silent zero would be no guard', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(edges.length).toBeGreaterThan(400)
  })

  it('every source file belongs to exactly one room or platform area', () => {
    const known = new Set(['platform', 'app', 'processes', 'shell'])
    const homeless = production.filter((file) => {
      const place = placeOf(file)
      if (!place) return true
      return place.pack === 'crypto' || place.rest === '' ? false : !isRoom(place.area) && !known.has(place.area)
    })
    expect(homeless).toEqual([])
  })

  it('no file imports what its room may not see', () => {
    const broken = edges.flatMap(({ from, to }) => {
      const [a, b] = [placeOf(from), placeOf(to)]
      if (!a || !b) return [`${from} -> ${to}: outside src`]
      const why = judgeImport(a, b)
      return why === null ? [] : [`${from} -> ${to}: ${why}`]
    })
    expect(broken).toEqual([])
  })

  it('a planted breach is seen', () => {
    expect(judgeImport({ pack: 'shared', area: 'documents', rest: 'a.ts' }, { pack: 'shared', area: 'workflow', rest: 'index.ts' })).not.toBeNull()
    expect(judgeImport({ pack: 'server', area: 'workflow', rest: 'a.ts' }, { pack: 'server', area: 'documents', rest: 'repository.ts' })).not.toBeNull()
    expect(judgeImport({ pack: 'server', area: 'platform', rest: 'http/a.ts' }, { pack: 'server', area: 'directory', rest: 'index.ts' })).not.toBeNull()
    expect(judgeImport({ pack: 'server', area: 'workflow', rest: 'a.ts' }, { pack: 'server', area: 'documents', rest: 'index.ts' })).toBeNull()
  })

  it('the kernel touches no clock, no randomness, no Node and no DOM', () => {
    const banned = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|from ['"]node:|\bprocess\.|\bdocument\.(?:createElement|querySelector)|\blocalStorage\b/
    const offenders = production.filter((file) => file.startsWith('shared/') && banned.test(readFileSync(join(root, file), 'utf8')))
    expect(offenders).toEqual([])
  })

  it('cryptography takes randomness from the platform’s generator only', () => {
    const offenders = production.filter((file) => /^(crypto|server)\//.test(file) && /\bMath\.random\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(offenders).toEqual([])
  })

  it('nobody imports in circles', () => {
    expect(cyclesOf(edges)).toEqual([])
  })

  it('no default exports, no enums, no escape from types without a reason', () => {
    const offenders = production.filter((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return /^export default /m.test(text) || /^\s*(?:export )?(?:const )?enum /m.test(text) || /@ts-(?:ignore|nocheck)/.test(text)
    })
    expect(offenders).toEqual([])
  })
})

function cyclesOf(all: readonly Edge[]): readonly string[] {
  const graph = new Map<string, Set<string>>()
  for (const { from, to } of all) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (node: string, path: readonly string[]): void => {
    state.set(node, 'open')
    for (const next of graph.get(node) ?? []) {
      if (state.get(next) === 'open') found.push([...path.slice(path.indexOf(next)), node, next].join(' -> '))
      else if (!state.has(next)) visit(next, [...path, node])
    }
    state.set(node, 'done')
  }
  for (const node of graph.keys()) if (!state.has(node)) visit(node, [])
  return found
}
