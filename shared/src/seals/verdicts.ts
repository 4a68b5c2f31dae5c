/** Verdicts of a verification, gravest last but one. */
export const verdicts = ['VALID', 'INVALID', 'CHANGED_AFTER', 'UNTRUSTED', 'INDETERMINATE'] as const
