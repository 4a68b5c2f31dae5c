/** Answers `require('electron')` in the built main process with the stand-in of the launch that loads it. */
import Module, { createRequire } from 'node:module'
import type { ElectronModule } from './electron-module.ts'

/** Loads a built CommonJS main file with `electron` answered by the stand-in. The file is read anew each time: every launch
 * is a fresh process as far as the application can tell. */
export function loadMain(file: string, electron: ElectronModule): void {
  // Safe because `_load` is how CommonJS has resolved every require since Node 0.x; there is no public hook on Node 20.
  const loader = Module as unknown as { _load: (request: string, ...rest: readonly unknown[]) => unknown }
  const original = loader._load
  loader._load = function load(request, ...rest) {
    return request === 'electron' ? electron : original.call(this, request, ...rest)
  }
  try {
    const require = createRequire(file)
    delete require.cache[file]
    require(file)
  } finally {
    // Main requires electron at its top, so the hook is not needed once the file has run.
    loader._load = original
  }
}
