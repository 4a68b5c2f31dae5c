/** The built server as a process of its own, for faults that cannot be made inside one process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../server/bin/xiewen.mjs', import.meta.url))

/** The system calls that put a file on the disk, as strace lists them: which one SQLite uses depends on how it was built. */
export const syncCalls = 'fdatasync,fsync'

/** A running process. `output` is what it printed until it was ready. */
export interface BuiltServer {
  readonly child: ChildProcess
  readonly url: string
  readonly output: string
}

/** Starts a command of the built server and waits for its health line. */
export async function startBuilt(command: 'serve' | 'setup', dataDir: string, port = '0'): Promise<BuiltServer> {
  const child = spawn(process.execPath, [cli, command, '--port', port, '--data', dataDir], { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => (command === 'setup' && code === 0 ? resolve() : reject(new Error(`the server ended with ${code}: ${output}`))))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/health.*\n/.test(output)) resolve()
    })
  })
  return { child, url: /http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? '', output }
}

/** Ends a process without warning. */
export async function killBuilt({ child }: BuiltServer): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** Makes system calls of a process on one file fail until the answer is called. `inject` is strace's own, e.g. `pwrite64:error=ENOSPC`. */
export async function injectFault(server: BuiltServer, file: string, inject: string): Promise<() => Promise<void>> {
  const call = inject.split(':')[0] ?? ''
  const strace = spawn('strace', ['-f', '-p', String(server.child.pid), '-P', file, '-e', `trace=${call}`, '-e', `inject=${inject}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    strace.once('exit', (code) => reject(new Error(`strace ended with ${code}`)))
    strace.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('attached')) resolve()
    })
  })
  strace.removeAllListeners('exit')
  return async () => {
    const gone = new Promise((resolve) => strace.once('exit', resolve))
    strace.kill('SIGINT')
    await gone
  }
}
