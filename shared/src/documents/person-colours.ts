/** Colours by which the people of one text are told apart, on the screen and in print: carets, insertions, deletions, who wrote what. */

/** Dark enough to be read at 4.5 : 1 as letters on white and on the ground of an insertion, and to carry white letters. None is
 * red: red is for red heads, seals, urgency and errors. */
export const personColours = ['#1c57b3', '#8a5200', '#1b6b3a', '#7a3e9d', '#a0306e', '#0b6470', '#5a5a1e', '#454f5e', '#3d2fb0', '#7b4034'] as const

/** Gives each person a colour nobody else beside them has. */
export class PersonColours {
  /** By person, whoever was asked for last at the end. */
  readonly #given = new Map<string, string>()

  /** The person's colour: the one their id points at, else the next that is free. With more people than colours the one who was
   * not asked for longest gives theirs up. */
  of(personId: string): string {
    const known = this.#given.get(personId)
    const colour = known ?? this.#free(personId)
    this.#given.delete(personId)
    this.#given.set(personId, colour)
    return colour
  }

  #free(personId: string): string {
    const taken = new Set(this.#given.values())
    const first = placeOf(personId)
    const free = personColours.map((_colour, index) => personColours[(first + index) % personColours.length]).find((colour) => colour !== undefined && !taken.has(colour))
    if (free !== undefined) return free
    const [oldest] = this.#given
    if (oldest === undefined) return personColours[0]
    this.#given.delete(oldest[0])
    return oldest[1]
  }
}

function placeOf(personId: string): number {
  let sum = 0
  for (const character of personId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % personColours.length
}
