/** Values that cross between the main process and a page: JSON and bytes, as far as the stand-in goes. */

/** A value as it travels over the debugging protocol. */
export function encodeValue(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, item: unknown) =>
    isBytes(item) ? { standinBytes: [...bytesOf(item)] } : item,
  )
}

/** A value as it arrives. */
export function decodeValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('standinBytes' in value && Array.isArray(value.standinBytes)) return Uint8Array.from(value.standinBytes)
  if (Array.isArray(value)) return value.map(decodeValue)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeValue(item)]))
}

type Bytes = Uint8Array | { readonly type: 'Buffer'; readonly data: readonly number[] }

function isBytes(item: unknown): item is Bytes {
  return (
    item instanceof Uint8Array ||
    (typeof item === 'object' && item !== null && 'type' in item && item.type === 'Buffer')
  )
}

function bytesOf(item: Bytes): Iterable<number> {
  return item instanceof Uint8Array ? item : item.data
}
