/** One scratch directory for a whole run: builds, profiles, data and the browser's own files lie in it and go with it. */
import { mkdirSync, rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

/** Makes the directory the workers use as their temporary one, and removes it after the last test. */
export function setup(project: TestProject): () => void {
  const scratch = project.config.env['TMPDIR']
  if (scratch === undefined) throw new Error('the configuration names no scratch directory')
  mkdirSync(scratch, { recursive: true })
  return () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}
