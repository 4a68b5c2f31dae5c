/** The charset of a CID-keyed CFF table: which CID each glyph has. hb-subset keeps the old CIDs, and page text must name CIDs. */

interface Index {
  readonly end: number
  readonly items: readonly Uint8Array[]
}

/** Glyph → CID, or null when the CFF table is not CID-keyed (then the code is the glyph).
 *
 * @param cff the CFF table
 * @param glyphCount from `maxp`
 * Source: Adobe Technical Note 5176, 9–13, 18
 */
export function readCidCharset(cff: Uint8Array, glyphCount: number): readonly number[] | null {
  const names = readIndex(cff, cff[2] ?? 4)
  const top = readIndex(cff, names.end).items[0]
  if (!top) return null
  const { isCidKeyed, charset } = readTopDict(top)
  if (!isCidKeyed) return null
  return charset <= 2 ? Array.from({ length: glyphCount }, (_each, glyph) => glyph) : readCharset(cff, charset, glyphCount)
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

function readIndex(cff: Uint8Array, start: number): Index {
  const count = uint16(cff, start)
  if (count === 0) return { end: start + 2, items: [] }
  const width = cff[start + 2] ?? 1
  const offset = (index: number): number => {
    let value = 0
    for (let byte = 0; byte < width; byte += 1) value = value * 256 + (cff[start + 3 + index * width + byte] ?? 0)
    return value
  }
  const base = start + 2 + (count + 1) * width
  const items = Array.from({ length: count }, (_each, index) => cff.subarray(base + offset(index), base + offset(index + 1)))
  return { end: base + offset(count), items }
}

/** Operators of interest: 15 charset, 12 30 ROS. */
function readTopDict(top: Uint8Array): { readonly isCidKeyed: boolean; readonly charset: number } {
  let isCidKeyed = false
  let charset = 0
  let operand = 0
  for (let at = 0; at < top.length; ) {
    const byte = top[at] ?? 0
    if (byte <= 21) {
      if (byte === 12 && top[at + 1] === 30) isCidKeyed = true
      if (byte === 15) charset = operand
      at += byte === 12 ? 2 : 1
    } else {
      const read = readOperand(top, at)
      operand = read.value
      at = read.next
    }
  }
  return { isCidKeyed, charset }
}

function readOperand(top: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  const byte = top[at] ?? 0
  if (byte === 28) return { value: uint16(top, at + 1), next: at + 3 }
  if (byte === 29) return { value: (uint16(top, at + 1) << 16) | uint16(top, at + 3), next: at + 5 }
  if (byte === 30) {
    let end = at + 1
    while (end < top.length && ((top[end] ?? 0) & 15) !== 15 && (top[end] ?? 0) >> 4 !== 15) end += 1
    return { value: 0, next: end + 1 }
  }
  if (byte <= 246) return { value: byte - 139, next: at + 1 }
  const low = top[at + 1] ?? 0
  return { value: byte <= 250 ? (byte - 247) * 256 + low + 108 : -(byte - 251) * 256 - low - 108, next: at + 2 }
}

function readCharset(cff: Uint8Array, start: number, glyphCount: number): readonly number[] {
  const cids = [0]
  const format = cff[start] ?? 0
  let at = start + 1
  while (cids.length < glyphCount && at < cff.length) {
    const first = uint16(cff, at)
    const left = format === 0 ? 0 : format === 1 ? (cff[at + 2] ?? 0) : uint16(cff, at + 2)
    for (let step = 0; step <= left; step += 1) cids.push(first + step)
    at += format === 0 ? 2 : format === 1 ? 3 : 4
  }
  return cids
}
