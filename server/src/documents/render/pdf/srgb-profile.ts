/** A small ICC profile of the sRGB colour space: what an archive needs to know about the colours (PDF/A OutputIntent). Made here
 * from the numbers of the standard. Source: ICC.1:2001-04; IEC 61966-2-1 */

/** Colorants of sRGB adapted to D50, and the white point of the connection space. */
const colours = {
  wtpt: [0.9642, 1, 0.8249],
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const
const curvePoints = 256

/** The profile's bytes, always the same. */
export function srgbProfile(): Uint8Array {
  const curve = curveTag()
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', descriptionTag('sRGB IEC61966-2.1')],
    ['cprt', Buffer.concat([Buffer.from('text\0\0\0\0Public Domain\0', 'latin1')])],
    ...Object.entries(colours).map(([name, xyz]) => [name, xyzTag(xyz)] as const),
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const start = 128 + 4 + tags.length * 12
  const directory = Buffer.alloc(4 + tags.length * 12)
  directory.writeUInt32BE(tags.length, 0)
  const bodies: Buffer[] = []
  const placed = new Map<Buffer, number>()
  let at = start
  tags.forEach(([name, body], index) => {
    if (!placed.has(body)) {
      placed.set(body, at)
      const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
      bodies.push(padded)
      at += padded.length
    }
    directory.write(name, 4 + index * 12, 'latin1')
    directory.writeUInt32BE(placed.get(body) ?? 0, 8 + index * 12)
    directory.writeUInt32BE(body.length, 12 + index * 12)
  })
  return Buffer.concat([header(at), directory, ...bodies])
}

function header(size: number): Buffer {
  const head = Buffer.alloc(128)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(0x02100000, 8)
  head.write('mntrRGB XYZ ', 12, 'latin1')
  for (const [index, part] of [2026, 1, 1, 0, 0, 0].entries()) head.writeUInt16BE(part, 24 + 2 * index)
  head.write('acsp', 36, 'latin1')
  for (const [index, part] of colours.wtpt.entries()) head.writeInt32BE(Math.round(part * 65536), 68 + 4 * index)
  return head
}

function xyzTag(xyz: readonly number[]): Buffer {
  const tag = Buffer.alloc(20)
  tag.write('XYZ ', 0, 'latin1')
  for (const [index, part] of xyz.entries()) tag.writeInt32BE(Math.round(part * 65536), 8 + 4 * index)
  return tag
}

function curveTag(): Buffer {
  const tag = Buffer.alloc(12 + 2 * curvePoints)
  tag.write('curv', 0, 'latin1')
  tag.writeUInt32BE(curvePoints, 8)
  for (let index = 0; index < curvePoints; index += 1) {
    const value = index / (curvePoints - 1)
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    tag.writeUInt16BE(Math.round(linear * 65535), 12 + 2 * index)
  }
  return tag
}

function descriptionTag(text: string): Buffer {
  const tag = Buffer.alloc(12 + text.length + 1 + 4 + 4 + 2 + 1 + 67)
  tag.write('desc', 0, 'latin1')
  tag.writeUInt32BE(text.length + 1, 8)
  tag.write(text, 12, 'latin1')
  return tag
}
