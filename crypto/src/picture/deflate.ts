import { concatBytes } from '../bytes.ts'

/** Compresses into a zlib stream with the platform's own compressor. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream('deflate'))
  const parts: Uint8Array[] = []
  const reader = compressed.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concatBytes(...parts)
    parts.push(value)
  }
}
