/** What the pieces of a document are made with. */
import type { OfficialDocument } from '../model.ts'
import type { Typesetter } from './glyphs.ts'
import type { LayoutMemory } from './memory.ts'
import type { LayoutOptions } from './options.ts'
import type { FlowPlan } from './pieces.ts'

/** One attempt at laying out a document. */
export interface BodyScene {
  readonly setter: Typesetter
  readonly document: OfficialDocument
  readonly options: LayoutOptions
  readonly plan: FlowPlan
  readonly memory: LayoutMemory
}
