/** Canonical JSON: one byte form per value, so that digests and signatures over it mean something. */

/** Serialises JSON values with sorted keys and no white space.
 *
 * @param value JSON only: objects, arrays, strings, finite numbers, booleans, null; `undefined` fields are left out
 * @throws TypeError for anything that JSON cannot carry
 * Source: RFC 8785 (JSON Canonicalization Scheme); numbers use the ECMAScript form it prescribes
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot carry')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`
  if (typeof value === 'object') {
    const parts = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
    return `{${parts.join(',')}}`
  }
  throw new TypeError(`a ${typeof value} has no canonical form`)
}
