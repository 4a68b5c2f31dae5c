/** Colours of states; the word always stands beside them. */
import type { ApplicationState, SealState } from '@xiewen/shared/seals'
import type { Tone } from '../../platform/kit/index.ts'

/** Tone of a seal's state. */
export function toneOfSeal(state: SealState): Tone {
  switch (state) {
    case 'active':
      return 'green'
    case 'suspended':
    case 'ending':
      return 'yellow'
    case 'refused':
    case 'destroyed':
      return 'grey'
    case 'applied':
    case 'approved':
    case 'made':
    case 'filed':
      return 'blue'
  }
}

/** Tone of an application's state. */
export function toneOfUse(state: ApplicationState): Tone {
  switch (state) {
    case 'impressed':
      return 'green'
    case 'applied':
    case 'permitted':
      return 'blue'
    case 'refused':
      return 'red'
    case 'withdrawn':
    case 'expired':
      return 'grey'
  }
}
