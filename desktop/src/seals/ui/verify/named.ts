/** A table of texts under keys with a prefix. */
export function named<Prefix extends string, Key extends string>(prefix: Prefix, table: Readonly<Record<Key, string>>): Readonly<Record<`${Prefix}${Key}`, string>> {
  // Safe because every key of the table is taken over under its prefix.
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [`${prefix}${key}`, text])) as Record<`${Prefix}${Key}`, string>
}
