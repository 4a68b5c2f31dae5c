// Bundles the programs that start often and must start fast: the commands that lay out, check and read a document, and the threads
// that read files nobody vouches for. Loading their hundreds of modules one by one took longer than their work. What stays outside
// (packages with WebAssembly of their own, commands that need the server's parts) is loaded from where it was built.
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'server/dist')
const programs = join(dist, 'programs')

/** Commands inside; all others stay outside. */
const commandsInside = new Set(['typeset', 'lint', 'documents'].map((name) => join(dist, `app/cli/${name}.js`)))
/** Failures are told apart by their class: there must be one of each, inside and outside. */
const shared = new Set(['app/cli/command.js', 'app/cli/failure.js', 'platform/config/config.js', 'platform/log/fault.js'].map((path) => join(dist, path)))

/** Leaves modules outside, named from where the bundle lies. */
const outside = {
  name: 'outside',
  resolveId(source, importer) {
    if (!importer || !source.startsWith('.')) return null
    const path = join(importer, '..', source)
    const isOutside = shared.has(path) || (importer === join(dist, 'app/cli/commands.js') && !commandsInside.has(path) && path.startsWith(join(dist, 'app/cli/')))
    return isOutside ? { id: relative(programs, path).replaceAll('\\', '/'), external: true } : null
  },
}

/** Writes `server/dist/programs`. */
export async function bundlePrograms() {
  const { rolldown } = await import(pathToFileURL(createRequire(join(root, 'server/package.json')).resolve('rolldown')).href)
  rmSync(programs, { recursive: true, force: true })
  const bundle = await rolldown({
    input: {
      xiewen: join(dist, 'app/cli/main.js'),
      'read-file': join(dist, 'documents/import/thread.js'),
      'read-copies': join(dist, 'documents/copies/thread.js'),
      'read-picture': join(dist, 'seals/outside/picture-thread.js'),
    },
    platform: 'node',
    external: ['harfbuzzjs', 'wawoff2'],
    plugins: [outside],
    logLevel: 'warn',
  })
  await bundle.write({ dir: programs, format: 'esm', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
  await bundle.close()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundlePrograms()
