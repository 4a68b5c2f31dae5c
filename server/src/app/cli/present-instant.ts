/** An instant in Chinese civil time, to the second; — for none. */
export function presentInstant(instant: number | null): string {
  return instant === null ? '—' : new Date(instant + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19)
}
