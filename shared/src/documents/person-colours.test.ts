import { describe, expect, test } from 'vitest'
import { PersonColours, personColours } from './person-colours.ts'

const people = Array.from({ length: personColours.length }, (_each, index) => `person-${index}`)
/** White paper, and the ground of an insertion (`--blue-ground`). */
const grounds = ['#ffffff', '#e8f0fb'] as const

/** Relative luminance. Source: WCAG 2.2 */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('colours of people', () => {
  test('as many people as there are colours are all told apart, and keep their colour', () => {
    const colours = new PersonColours()
    const first = people.map((each) => colours.of(each))
    expect(new Set(first).size).toBe(people.length)
    expect(people.map((each) => colours.of(each))).toEqual(first)
  })

  test('a person alone has the same colour in every window', () => {
    for (const each of people) expect(new PersonColours().of(each)).toBe(new PersonColours().of(each))
  })

  test('one more person takes the colour of whoever was not seen longest, never of the last seen', () => {
    const colours = new PersonColours()
    const given = people.map((each) => colours.of(each))
    colours.of('person-0')
    expect(colours.of('one-more')).toBe(given[1])
  })

  test('every colour is read at 4.5 : 1 or better on paper and on the ground of an insertion', () => {
    for (const colour of personColours) for (const ground of grounds) expect((luminance(ground) + 0.05) / (luminance(colour) + 0.05), colour).toBeGreaterThanOrEqual(4.5)
  })
})
