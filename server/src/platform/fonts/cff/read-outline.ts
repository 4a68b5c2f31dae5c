/** Reading the outline of a glyph out of its charstring; hints are left behind. Source: Adobe Technical Note 5177 */
import { FontFormatError } from '../sfnt.ts'
import type { CffIndex } from './cff-file.ts'
import { UnknownOutlines } from './cff-file.ts'

/** A segment of a contour by the steps from point to point in font units: a line has one step, a curve three. */
export type Segment = readonly [dx: number, dy: number] | readonly [dx1: number, dy1: number, dx2: number, dy2: number, dx3: number, dy3: number]

/** A closed contour: where it begins, and its segments; the way back to the beginning is not among them when it is straight. */
export interface Contour {
  readonly x: number
  readonly y: number
  readonly segments: readonly Segment[]
}

const deepest = 10
const mostArguments = 513
/** No glyph is drawn by more calls of subroutines than this: a damaged face must not keep anybody waiting. */
const mostCalls = 10_000

/** Runs a charstring.
 *
 * @throws UnknownOutlines for operators of arithmetic and old accents; FontFormatError when it is damaged
 */
export function readOutline(charString: Uint8Array, subrs: { readonly local: CffIndex; readonly global: CffIndex }): readonly Contour[] {
  const machine = new OutlineMachine(subrs.local, subrs.global)
  machine.run(charString, 0)
  return machine.finish()
}

interface OpenContour {
  readonly x: number
  readonly y: number
  readonly segments: Segment[]
}

class OutlineMachine {
  readonly #local: CffIndex
  readonly #global: CffIndex
  #stack: number[] = []
  #stems = 0
  /** Whether the width has been passed: it may stand before the first operator that clears the stack. */
  #hasWidth = false
  #isEnded = false
  #calls = 0
  #x = 0
  #y = 0
  readonly #contours: Contour[] = []
  #open: OpenContour | null = null

  constructor(local: CffIndex, global: CffIndex) {
    this.#local = local
    this.#global = global
  }

  finish(): readonly Contour[] {
    this.#close()
    return this.#contours
  }

  run(code: Uint8Array, depth: number): void {
    this.#calls += 1
    if (depth > deepest || this.#calls > mostCalls) throw new FontFormatError('subroutines call one another without end')
    for (let at = 0; at < code.length && !this.#isEnded; ) {
      const first = code[at] ?? 0
      if (first >= 32 || first === 28) {
        at += this.#push(code, at, first)
        if (this.#stack.length > mostArguments) throw new FontFormatError('too many operands')
        continue
      }
      at += 1
      if (first === 11) return
      if (first === 10) this.run(this.#subr(this.#local), depth + 1)
      else if (first === 29) this.run(this.#subr(this.#global), depth + 1)
      else if (first === 12) {
        this.#flex(code[at] ?? 0)
        at += 1
      } else if (first === 19 || first === 20) {
        this.#stem()
        at += Math.ceil(this.#stems / 8)
      } else this.#operate(first)
    }
  }

  /** Takes a number in; returns its length in bytes. */
  #push(code: Uint8Array, at: number, first: number): number {
    const next = code[at + 1] ?? 0
    if (first === 28) this.#stack.push((((next << 8) | (code[at + 2] ?? 0)) << 16) >> 16)
    else if (first <= 246) this.#stack.push(first - 139)
    else if (first <= 250) this.#stack.push((first - 247) * 256 + next + 108)
    else if (first <= 254) this.#stack.push(-(first - 251) * 256 - next - 108)
    else this.#stack.push(((next << 24) | ((code[at + 2] ?? 0) << 16) | ((code[at + 3] ?? 0) << 8) | (code[at + 4] ?? 0)) / 65536)
    return first === 28 ? 3 : first === 255 ? 5 : first >= 247 ? 2 : 1
  }

  #subr(index: CffIndex): Uint8Array {
    const bias = index.count < 1240 ? 107 : index.count < 33900 ? 1131 : 32768
    return index.get((this.#stack.pop() ?? 0) + bias)
  }

  #operate(operator: number): void {
    switch (operator) {
      case 1:
      case 3:
      case 18:
      case 23:
        this.#stem()
        return
      case 21:
        this.#move(2, (args) => [args[0] ?? 0, args[1] ?? 0])
        return
      case 22:
        this.#move(1, (args) => [args[0] ?? 0, 0])
        return
      case 4:
        this.#move(1, (args) => [0, args[0] ?? 0])
        return
      case 14:
        if (this.#stack.length > 1) throw new UnknownOutlines('accents by seac')
        this.#isEnded = true
        return
      default:
        this.#draw(operator, this.#stack)
        this.#stack = []
    }
  }

  #stem(): void {
    this.#stems += this.#stack.length >> 1
    this.#stack = []
    this.#hasWidth = true
  }

  #move(count: number, step: (args: readonly number[]) => readonly [number, number]): void {
    const args = !this.#hasWidth && this.#stack.length > count ? this.#stack.slice(1) : this.#stack
    this.#hasWidth = true
    this.#stack = []
    this.#close()
    const [dx, dy] = step(args)
    this.#x += dx
    this.#y += dy
    this.#open = { x: this.#x, y: this.#y, segments: [] }
  }

  #close(): void {
    const open = this.#open
    this.#open = null
    if (!open) return
    const last = open.segments.at(-1)
    // Every contour is closed by itself.
    const segments = last?.length === 2 && this.#x === open.x && this.#y === open.y ? open.segments.slice(0, -1) : open.segments
    if (segments.length > 0) this.#contours.push({ ...open, segments })
  }

  #line(dx: number, dy: number): void {
    if (dx === 0 && dy === 0) return
    this.#add([dx, dy])
    this.#x += dx
    this.#y += dy
  }

  #curve(...[dx1, dy1, dx2, dy2, dx3, dy3]: readonly [number, number, number, number, number, number]): void {
    this.#add([dx1, dy1, dx2, dy2, dx3, dy3])
    this.#x += dx1 + dx2 + dx3
    this.#y += dy1 + dy2 + dy3
  }

  #add(segment: Segment): void {
    if (!this.#open) throw new FontFormatError('a glyph draws before it has moved')
    this.#open.segments.push(segment)
  }

  #draw(operator: number, args: readonly number[]): void {
    const arg = (place: number): number => args[place] ?? 0
    const lines = (from: number, to: number): void => {
      for (let at = from; at + 1 < to; at += 2) this.#line(arg(at), arg(at + 1))
    }
    const curves = (from: number, to: number): void => {
      for (let at = from; at + 5 < to; at += 6) this.#curve(arg(at), arg(at + 1), arg(at + 2), arg(at + 3), arg(at + 4), arg(at + 5))
    }
    switch (operator) {
      case 5:
        lines(0, args.length)
        return
      case 6:
      case 7:
        for (const [at, step] of args.entries()) this.#line((operator === 6) === (at % 2 === 0) ? step : 0, (operator === 6) === (at % 2 === 0) ? 0 : step)
        return
      case 8:
        curves(0, args.length)
        return
      case 24:
        curves(0, args.length - 2)
        lines(args.length - 2, args.length)
        return
      case 25:
        lines(0, args.length - 6)
        curves(args.length - 6, args.length)
        return
      case 26:
      case 27:
        this.#parallel(operator === 27, args)
        return
      case 30:
      case 31:
        this.#alternating(operator === 31, args)
        return
      default:
        throw new UnknownOutlines(`operator ${operator}`)
    }
  }

  /** hhcurveto and vvcurveto: tangents at both ends are level, or upright. */
  #parallel(isLevel: boolean, args: readonly number[]): void {
    let at = args.length % 4
    let aside = at === 1 ? (args[0] ?? 0) : 0
    for (; at + 3 < args.length; at += 4) {
      const [a, b, c, d] = [args[at] ?? 0, args[at + 1] ?? 0, args[at + 2] ?? 0, args[at + 3] ?? 0]
      if (isLevel) this.#curve(a, aside, b, c, d, 0)
      else this.#curve(aside, a, b, c, 0, d)
      aside = 0
    }
  }

  /** hvcurveto and vhcurveto: level and upright tangents take turns. */
  #alternating(startsLevel: boolean, args: readonly number[]): void {
    let isLevel = startsLevel
    for (let at = 0; at + 3 < args.length; at += 4) {
      const [a, b, c, d] = [args[at] ?? 0, args[at + 1] ?? 0, args[at + 2] ?? 0, args[at + 3] ?? 0]
      const last = args.length - at === 5 ? (args[at + 4] ?? 0) : 0
      if (isLevel) this.#curve(a, 0, b, c, last, d)
      else this.#curve(0, a, b, c, d, last)
      isLevel = !isLevel
    }
  }

  #flex(operator: number): void {
    const a = (place: number): number => this.#stack[place] ?? 0
    if (operator === 35) {
      this.#curve(a(0), a(1), a(2), a(3), a(4), a(5))
      this.#curve(a(6), a(7), a(8), a(9), a(10), a(11))
    } else if (operator === 34) {
      this.#curve(a(0), 0, a(1), a(2), a(3), 0)
      this.#curve(a(4), 0, a(5), -a(2), a(6), 0)
    } else if (operator === 36) {
      this.#curve(a(0), a(1), a(2), a(3), a(4), 0)
      this.#curve(a(5), 0, a(6), a(7), a(8), -(a(1) + a(3) + a(7)))
    } else if (operator === 37) {
      const [dx, dy] = [a(0) + a(2) + a(4) + a(6) + a(8), a(1) + a(3) + a(5) + a(7) + a(9)]
      const isLevel = Math.abs(dx) > Math.abs(dy)
      this.#curve(a(0), a(1), a(2), a(3), a(4), a(5))
      this.#curve(a(6), a(7), a(8), a(9), isLevel ? a(10) : -dx, isLevel ? -dy : a(10))
    } else throw new UnknownOutlines(`operator 12 ${operator}`)
    this.#stack = []
  }
}
