/** Small settings without secrets, each in one JSON file, replaced in one step. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { z } from 'zod'

/** A stored value: read once, kept in memory, written whole. */
export interface JsonFile<T> {
  get(): T
  set(value: T): void
}

/** Opens a file; a missing or damaged one reads as `initial`, because every value here can be chosen again. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, initial: T): JsonFile<T> {
  let value = readOr(path, schema, initial)
  return {
    get: () => value,
    set: (next) => {
      value = next
      writeFileSync(`${path}.part`, JSON.stringify(next, null, 2), { mode: 0o600 })
      renameSync(`${path}.part`, path)
    },
  }
}

function readOr<T>(path: string, schema: z.ZodType<T>, initial: T): T {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : initial
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !isMissing(cause)) throw cause
    return initial
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
