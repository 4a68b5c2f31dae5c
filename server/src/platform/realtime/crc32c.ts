/** CRC-32C (Castagnoli), reflected polynomial 0x82F63B78. Source: RFC 3720 appendix B.4, RFC 9260 appendix A */
const table = makeTable()

function makeTable(): Uint32Array {
  const entries = new Uint32Array(256)
  for (let n = 0; n < 256; n += 1) {
    let value = n
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
    entries[n] = value >>> 0
  }
  return entries
}

/** Checksum of `bytes`, or of what came before (`previous`) followed by `bytes`. Unsigned 32 bits. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  let crc = ~previous
  // An index loop: this runs over every stored byte when a document opens.
  for (let at = 0; at < bytes.length; at += 1) crc = (table[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}
