/** CRC-32C (Castagnoli), reflected polynomial 0x82F63B78. Source: RFC 3720 appendix B.4, RFC 9260 appendix A */

/** Eight tables of 256: what a byte does to the checksum when 0 to 7 bytes follow it in the same step. */
const tables = makeTables()

function makeTables(): Uint32Array {
  const entries = new Uint32Array(8 * 256)
  for (let n = 0; n < 256; n += 1) {
    let value = n
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
    entries[n] = value >>> 0
  }
  for (let n = 256; n < entries.length; n += 1) {
    const before = entries[n - 256] ?? 0
    entries[n] = ((before >>> 8) ^ (entries[before & 255] ?? 0)) >>> 0
  }
  return entries
}

/** Checksum of `bytes`, or of what came before (`previous`) followed by `bytes`. Unsigned 32 bits. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  const t = tables
  let crc = ~previous
  let at = 0
  // Eight bytes a step: this runs over every stored byte when a document opens.
  for (const last = bytes.length - 7; at < last; at += 8) {
    const low = crc ^ ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24))
    crc =
      (t[0x700 + (low & 255)] ?? 0) ^
      (t[0x600 + ((low >>> 8) & 255)] ?? 0) ^
      (t[0x500 + ((low >>> 16) & 255)] ?? 0) ^
      (t[0x400 + (low >>> 24)] ?? 0) ^
      (t[0x300 + (bytes[at + 4] ?? 0)] ?? 0) ^
      (t[0x200 + (bytes[at + 5] ?? 0)] ?? 0) ^
      (t[0x100 + (bytes[at + 6] ?? 0)] ?? 0) ^
      (t[bytes[at + 7] ?? 0] ?? 0)
  }
  for (; at < bytes.length; at += 1) crc = (t[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}
