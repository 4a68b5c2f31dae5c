/** Programs the tests need that come as Debian packages. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Makes sure a program is there: returns its path, installs the package when we are root and it is missing, and otherwise
 * says what to install.
 *
 * @param name  Debian package, e.g. `poppler-utils`
 * @param path  a file the package brings, e.g. `/usr/bin/pdftotext`
 * @throws      when the program is missing and cannot be installed
 */
export async function ensureDebianPackage(name: string, path: string): Promise<string> {
  if (existsSync(path)) return path
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(missing(name, path))
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const lock = ['-o', 'DPkg::Lock::Timeout=300']
  const install = () =>
    spawnSync('/usr/bin/apt-get', [...lock, 'install', '-y', '--no-install-recommends', name], {
      env: environment,
      encoding: 'utf8',
    })
  let attempt = install()
  if (attempt.status !== 0) {
    // The package lists of a fresh machine are empty or old.
    spawnSync('/usr/bin/apt-get', [...lock, 'update'], { env: environment, encoding: 'utf8' })
    attempt = install()
  }
  if (attempt.status !== 0 || !existsSync(path)) throw new Error(`${missing(name, path)}\n${attempt.stderr}`)
  return path
}

function missing(name: string, path: string): string {
  return `These tests need ${path}. Install it with: sudo apt-get install ${name}`
}
