import { CryptoError } from '../errors.ts'

/** One step of an outline; absolute coordinates. */
export type PathCommand =
  | { readonly kind: 'move' | 'line'; readonly x: number; readonly y: number }
  | { readonly kind: 'quadratic'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
  | {
      readonly kind: 'cubic'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly x: number
      readonly y: number
    }
  | { readonly kind: 'close' }

/** A change of coordinates: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

const mostCommands = 20_000

/** Reads an SVG path of absolute M, L, H, V, Q, C and Z. @throws CryptoError text.malformed, picture.too-large */
export function parsePath(text: string): readonly PathCommand[] {
  const commands: PathCommand[] = []
  let [x, y] = [0, 0]
  for (const [, letter = '', rest = ''] of text.matchAll(/([A-Za-z])([^A-Za-z]*(?:e-?\d+[^A-Za-z]*)*)/g)) {
    const numbers = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g)].map(Number)
    const size = { M: 2, L: 2, H: 1, V: 1, Q: 4, C: 6, Z: 0 }[letter]
    if (size === undefined || (size === 0 ? numbers.length > 0 : numbers.length % size !== 0)) {
      throw new CryptoError('text.malformed', 'unknown path command', { letter })
    }
    for (let i = 0; i < Math.max(1, numbers.length); i += Math.max(1, size)) {
      const command = commandOf(letter, numbers.slice(i, i + size), x, y)
      if (command.kind !== 'close') [x, y] = [command.x, command.y]
      commands.push(command)
    }
    if (commands.length > mostCommands) throw new CryptoError('picture.too-large', 'outline has too many steps')
  }
  return commands
}

function commandOf(letter: string, n: readonly number[], x: number, y: number): PathCommand {
  const [n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0] = n
  switch (letter) {
    case 'M':
      return { kind: 'move', x: n0, y: n1 }
    case 'L':
      return { kind: 'line', x: n0, y: n1 }
    case 'H':
      return { kind: 'line', x: n0, y }
    case 'V':
      return { kind: 'line', x, y: n0 }
    case 'Q':
      return { kind: 'quadratic', x1: n0, y1: n1, x: n2, y: n3 }
    case 'C':
      return { kind: 'cubic', x1: n0, y1: n1, x2: n2, y2: n3, x: n4, y: n5 }
    default:
      return { kind: 'close' }
  }
}

/** Moves every point of an outline. */
export function transformPath(commands: readonly PathCommand[], t: Affine): readonly PathCommand[] {
  const px = (x: number, y: number): number => t.a * x + t.c * y + t.e
  const py = (x: number, y: number): number => t.b * x + t.d * y + t.f
  return commands.map((command) => {
    switch (command.kind) {
      case 'close':
        return command
      case 'move':
      case 'line':
        return { kind: command.kind, x: px(command.x, command.y), y: py(command.x, command.y) }
      case 'quadratic':
        return {
          kind: 'quadratic',
          x1: px(command.x1, command.y1),
          y1: py(command.x1, command.y1),
          x: px(command.x, command.y),
          y: py(command.x, command.y),
        }
      case 'cubic':
        return {
          kind: 'cubic',
          x1: px(command.x1, command.y1),
          y1: py(command.x1, command.y1),
          x2: px(command.x2, command.y2),
          y2: py(command.x2, command.y2),
          x: px(command.x, command.y),
          y: py(command.x, command.y),
        }
    }
  })
}

/** A circle around the origin; `reversed` makes it a hole under the non-zero rule. */
export function circlePath(radius: number, reversed = false): readonly PathCommand[] {
  // Control point distance of the usual four-arc approximation; error below 0.03 %.
  const k = 0.5522847498 * radius
  const s = reversed ? -1 : 1
  return [
    { kind: 'move', x: radius, y: 0 },
    { kind: 'cubic', x1: radius, y1: s * k, x2: k, y2: s * radius, x: 0, y: s * radius },
    { kind: 'cubic', x1: -k, y1: s * radius, x2: -radius, y2: s * k, x: -radius, y: 0 },
    { kind: 'cubic', x1: -radius, y1: -s * k, x2: -k, y2: -s * radius, x: 0, y: -s * radius },
    { kind: 'cubic', x1: k, y1: -s * radius, x2: radius, y2: -s * k, x: radius, y: 0 },
    { kind: 'close' },
  ]
}

/** A five-pointed star around the origin with one point up (y grows downwards). */
export function starPath(radius: number): readonly PathCommand[] {
  const inner = radius * 0.381966
  const corners = Array.from({ length: 10 }, (_, i) => {
    const angle = (i * Math.PI) / 5
    const reach = i % 2 === 0 ? radius : inner
    return { x: reach * Math.sin(angle), y: -reach * Math.cos(angle) }
  })
  return [
    ...corners.map((corner, i): PathCommand => ({ kind: i === 0 ? 'move' : 'line', ...corner })),
    { kind: 'close' },
  ]
}
