/** The order of seats on the platform (主席台排座). Convention: the first in rank sits in the middle, the left hand is superior. */

/** How an even number is placed: the second in rank at the left hand (common) or at the right hand (some offices). */
export type EvenRule = 'left' | 'right'

/** Ranks (1 is highest) from left to right as the audience sees the row, e.g. five: 5 3 1 2 4; four: 3 1 2 4.
 *
 * @param count people in the row; 0 gives an empty row
 */
export function seatOrder(count: number, evenRule: EvenRule = 'left'): readonly number[] {
  const mirrored = evenRule === 'right' && count % 2 === 0
  // Positions grow towards the first one's left hand, which is the audience's right.
  const position = (rank: number): number => (rank === 1 ? 0 : rank % 2 === 0 ? rank / 2 : -(rank - 1) / 2)
  const place = (rank: number): number => (mirrored ? -position(rank) : position(rank))
  return Array.from({ length: count }, (_, index) => index + 1).toSorted((a, b) => place(a) - place(b))
}
