/** Matching of addresses against route patterns. Pure. */

/** The parts of `path` that `pattern` names, or null when it does not match. `*` at the end takes the rest. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/').filter((part) => part !== '')
  const given = path.split('/').filter((part) => part !== '')
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index]
    if (part === '*') return { ...params, rest: given.slice(index).join('/') }
    if (value === undefined) {
      if (part.startsWith(':') && part.endsWith('?')) continue
      return null
    }
    if (part.startsWith(':')) params[part.replace(/^:|\?$/g, '')] = decode(value)
    else if (part !== value) return null
  }
  return given.length > wanted.length ? null : params
}

/** How closely a pattern is written: literal parts weigh more, so `/documents/new` wins over `/documents/:id`. */
export function weightOf(pattern: string): number {
  return pattern
    .split('/')
    .filter((part) => part !== '')
    .reduce((sum, part) => sum + (part === '*' ? 0 : part.startsWith(':') ? 1 : 3), 0)
}

/** The one-time token in `/link/<token>` or `/#/link/<token>`, or null. */
export function linkTokenOf(pathname: string, hash: string): string | null {
  const found = /^\/link\/([^/]+)$/.exec(pathname) ?? /^#\/link\/([^/]+)$/.exec(hash)
  return found?.[1] === undefined ? null : decode(found[1])
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    if (cause instanceof URIError) return text
    throw cause
  }
}
