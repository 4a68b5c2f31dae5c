/** A nominal type: a `T` that only its own parser hands out. `Brand<string, 'SealId'>` is no `Brand<string, 'DraftId'>`. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }
