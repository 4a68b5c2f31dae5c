/** Pictures of figures: their bytes by digest, and what kind of file they are. */

/** Bytes of the pictures a layout names, by digest. */
export type Pictures = ReadonlyMap<string, Uint8Array>

/** The kind of a picture by its first bytes; null for what no page can show. */
export function pictureKind(bytes: Uint8Array): 'png' | 'jpg' | null {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'png'
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'jpg' : null
}
