/** A seal drawing as SVG, as PDF page operators and as PNG. */
import { concatBytes, latin1 } from '../bytes.ts'
import { crc32 } from './crc32.ts'
import { deflate } from './deflate.ts'
import type { PathCommand } from './path.ts'
import { rasterise } from './raster.ts'
import type { SealDrawing } from './seal-drawing.ts'

/** Seal red (印泥红), sRGB. */
export const sealRed = { red: 0xd7, green: 0x12, blue: 0x1b } as const

const figure = (value: number): string => String(Math.round(value * 1000) / 1000)
const point = (x: number, y: number): string => `${figure(x)} ${figure(y)}`

function svgStep(command: PathCommand): string {
  switch (command.kind) {
    case 'move':
      return `M${point(command.x, command.y)}`
    case 'line':
      return `L${point(command.x, command.y)}`
    case 'quadratic':
      return `Q${point(command.x1, command.y1)} ${point(command.x, command.y)}`
    case 'cubic':
      return `C${point(command.x1, command.y1)} ${point(command.x2, command.y2)} ${point(command.x, command.y)}`
    case 'close':
      return 'Z'
  }
}

/** SVG document of the drawing, sized in millimetres. */
export function presentSealSvg(drawing: SealDrawing): string {
  const { widthMm, heightMm, paths } = drawing
  const hex = [sealRed.red, sealRed.green, sealRed.blue].map((part) => part.toString(16).padStart(2, '0')).join('')
  const shapes = paths.map((path) => `<path d="${path.map(svgStep).join('')}"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}"><g fill="#${hex}">${shapes}</g></svg>`
}

/** Page operators that fill the drawing into a box of its size in points, origin bottom left. */
export function presentSealOperators(drawing: SealDrawing): string {
  const scale = 72 / 25.4
  const at = (x: number, y: number): string => point(x * scale, (drawing.heightMm - y) * scale)
  const colour = [sealRed.red, sealRed.green, sealRed.blue].map((part) => figure(part / 255)).join(' ')
  return `${colour} rg\n${drawing.paths.map((path) => `${operatorsOf(path, at)}\nf`).join('\n')}\n`
}

function operatorsOf(path: readonly PathCommand[], at: (x: number, y: number) => string): string {
  let [x, y] = [0, 0]
  const steps = path.map((command) => {
    if (command.kind === 'close') return 'h'
    const [fromX, fromY] = [x, y]
    ;[x, y] = [command.x, command.y]
    switch (command.kind) {
      case 'move':
        return `${at(x, y)} m`
      case 'line':
        return `${at(x, y)} l`
      case 'quadratic': {
        // PDF has cubic curves only: the exact cubic has its control points two thirds of the way.
        const [cx, cy] = [command.x1, command.y1]
        const first = at(fromX + (2 / 3) * (cx - fromX), fromY + (2 / 3) * (cy - fromY))
        return `${first} ${at(x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y))} ${at(x, y)} c`
      }
      case 'cubic':
        return `${at(command.x1, command.y1)} ${at(command.x2, command.y2)} ${at(x, y)} c`
    }
  })
  return steps.join('\n')
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(latin1(type), data)
  return concatBytes(bigEndian(data.length), body, bigEndian(crc32(body)))
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

/**
 * PNG of the drawing: seal red on transparent ground, 256 steps of opacity.
 * @throws CryptoError picture.too-large above 4096 pixels a side
 */
export async function presentSealPng(drawing: SealDrawing, dotsPerInch = 300): Promise<Uint8Array> {
  const { width, height, coverage } = rasterise(drawing, dotsPerInch / 25.4)
  const rows = new Uint8Array(height * (width + 1))
  for (let y = 0; y < height; y++) rows.set(coverage.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const palette = Uint8Array.from({ length: 768 }, (_, i) => [sealRed.red, sealRed.green, sealRed.blue][i % 3] ?? 0)
  const perMetre = bigEndian(Math.round(dotsPerInch / 0.0254))
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', concatBytes(bigEndian(width), bigEndian(height), Uint8Array.of(8, 3, 0, 0, 0))),
    chunk('PLTE', palette),
    chunk(
      'tRNS',
      Uint8Array.from({ length: 256 }, (_, i) => i),
    ),
    chunk('pHYs', concatBytes(perMetre, perMetre, Uint8Array.of(1))),
    chunk('IDAT', await deflate(rows)),
    chunk('IEND', new Uint8Array()),
  )
}
