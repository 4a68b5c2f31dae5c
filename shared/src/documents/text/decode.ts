/** Bytes to text: UTF-8, UTF-16, GB 18030 and Big5, by mark or by trial. */

/** The platform's decoder; the kernel has none of its own. `fatal` decoders throw on bytes that are no text. */
export type DecoderPort = (
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5',
  fatal: boolean,
) => { decode(bytes: Uint8Array): string }

/** What `decodeText` found. */
export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'
}

/** Decodes a text file. A byte order mark decides; else UTF-8 where it is valid throughout, else UTF-16 where it is plainly Chinese
 * in it, else GB 18030, or Big5 where the same bytes make far more everyday words in it (texts in Traditional Chinese). Never throws: bytes
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
    // Not UTF-8: the other encodings Chinese offices save text files in.
    const wide = asUnmarkedUtf16(bytes, decoder)
    if (wide) return wide
    const text = decoder('gb18030', false).decode(bytes)
    const traditional = asBig5(bytes, decoder)
    const isBig5 = traditional !== null && everydaySigns(traditional) >= Math.max(fewestSigns, traditional.length / 20, 2 * everydaySigns(text))
    return isBig5 ? { text: traditional, encoding: 'big5' } : { text, encoding: 'gb18030' }
  }
}

/** The bytes read as Big5, or null where they are none. */
function asBig5(bytes: Uint8Array, decoder: DecoderPort): string | null {
  try {
    return decoder('big5', true).decode(bytes)
  } catch {
    // Bytes Big5 does not have: most texts in GB 18030 hold some.
    return null
  }
}

/** This much of a text tells whether it is Chinese in UTF-16. */
const sampleBytes = 16_384
/** What texts of offices are written with; other encodings read as UTF-16 are full of Hangul, Yi and private signs. */
const writtenInChinese = /^[\t\n\r\x20-\x7e\u00a0-\u00ff\u2010-\u203b\u2103\u2160-\u217b\u2190-\u2193\u2460-\u249b\u25a0-\u25ff\u3000-\u303f\u3220-\u3243\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\u{20000}-\u{323af}]+$/u

/** The bytes read as UTF-16 without a mark, or null unless they are plainly Chinese in it, every sign of them. */
function asUnmarkedUtf16(bytes: Uint8Array, decoder: DecoderPort): DecodedText | null {
  if (bytes.length % 2 === 1) return null
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    // A sign of four bytes may be cut at the sample's end.
    const sample = decoder(encoding, false).decode(bytes.subarray(0, sampleBytes)).replace(/\uFFFD$/u, '')
    if (!writtenInChinese.test(sample) || everydaySigns(sample) < Math.max(fewestSigns, sample.length / 20)) continue
    try {
      return { text: decoder(encoding, true).decode(bytes), encoding }
    } catch {
      // Half a sign further on: no UTF-16 after all.
    }
  }
  return null
}

/** Signs that every Chinese text is full of, in both ways of writing. */
const everyday = new Set('的一是不了在人有和中上大为為国國地到以时時要就出会會可对對生能于於下年后後作行所成方多经經法学學如同现現定分进進部其主理本前开開实實关關机機各单單位通知市省县縣局工務务请請将將')
/** Fewer of them prove nothing. */
const fewestSigns = 4

function everydaySigns(text: string): number {
  let count = 0
  for (const character of text) if (everyday.has(character)) count += 1
  return count
}

function markedEncoding(
  bytes: Uint8Array,
): { readonly encoding: DecodedText['encoding']; readonly length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}
