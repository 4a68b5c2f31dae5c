// Builds the desktop client's main process, preload and address set-up into desktop/dist/{app,setup}. Main and preload become
// one CommonJS file each: a sandboxed preload can load no other file, and one file is all an installer has to check.
import { copyFile, mkdir } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, defaultServerConditions } from 'vite'

const desktop = join(dirname(fileURLToPath(import.meta.url)), '..')
const outside = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/** Builds everything but the interface itself into `outDir` (default desktop/dist). */
export async function buildApp(outDir = join(desktop, 'dist')) {
  await build(script('main', join(outDir, 'app')))
  await build(script('preload', join(outDir, 'app')))
  await build(setupPage(join(outDir, 'setup')))
  await mkdir(join(outDir, 'app'), { recursive: true })
  await copyFile(join(desktop, 'src/shell/main/icon.png'), join(outDir, 'app/icon.png'))
}

/** Builds the interface into `outDir`/web. */
export async function buildInterface(outDir = join(desktop, 'dist')) {
  await build({
    configFile: join(desktop, 'vite.config.ts'),
    root: desktop,
    logLevel: 'warn',
    build: { outDir: join(outDir, 'web'), emptyOutDir: true },
  })
}

function script(name, outDir) {
  return {
    configFile: false,
    root: desktop,
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions: ['source', ...defaultServerConditions.filter((condition) => condition !== 'browser')] },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      lib: { entry: join(desktop, `src/app/${name}.ts`), formats: ['cjs'], fileName: () => `${name}.cjs` },
      rolldownOptions: { external: outside, platform: 'node' },
    },
  }
}

function setupPage(outDir) {
  return {
    configFile: false,
    root: join(desktop, 'src/shell/setup'),
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions: ['source', ...defaultClientConditions] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildApp()
  if (process.argv.includes('--interface')) await buildInterface()
}
