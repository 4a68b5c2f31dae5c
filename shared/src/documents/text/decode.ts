/** Bytes to text: UTF-8, UTF-16 and GB 18030, by mark or by trial. */

/** The platform's decoder; the kernel has none of its own. `fatal` decoders throw on bytes that are no text. */
export type DecoderPort = (
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030',
  fatal: boolean,
) => { decode(bytes: Uint8Array): string }

/** What `decodeText` found. */
export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
}

/** Decodes a text file. A byte order mark decides; else UTF-8 where it is valid throughout, else GB 18030. Never throws: bytes
 * that are no text become U+FFFD.
 *
 * @param decoder e.g. `(encoding, fatal) => new TextDecoder(encoding, { fatal })`
 */
export function decodeText(bytes: Uint8Array, decoder: DecoderPort): DecodedText {
  const marked = markedEncoding(bytes)
  if (marked)
    return { text: decoder(marked.encoding, false).decode(bytes.subarray(marked.length)), encoding: marked.encoding }
  try {
    return { text: decoder('utf-8', true).decode(bytes), encoding: 'utf-8' }
  } catch {
    // Not UTF-8: the other encoding Chinese offices save text files in.
    return { text: decoder('gb18030', false).decode(bytes), encoding: 'gb18030' }
  }
}

function markedEncoding(
  bytes: Uint8Array,
): { readonly encoding: DecodedText['encoding']; readonly length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}
