/** The colours of people in this window. */
import { PersonColours } from '@xiewen/shared/documents'

const ofWindow = new PersonColours()

/** The colour of a person in this window, `#rrggbb`: the same in the text, at the caret and in every list. */
export function colourOf(personId: string): string {
  return ofWindow.of(personId)
}
