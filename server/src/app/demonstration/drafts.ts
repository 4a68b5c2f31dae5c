/** Drafting in the demonstration: importing a text and filling in the elements of 版头 and 版记. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { documentsContract, type DocumentId, type Elements, elementsOf } from '@xiewen/shared/documents'
import { editLive } from '../live-client.ts'
import type { Cast } from './cast.ts'

/** The texts beside this package. */
export type DemoText = 'work-points' | 'action-plan' | 'letter' | 'request' | 'notice' | 'report'

/** Reads one of the demonstration's texts. */
export function readDemoText(name: DemoText): Promise<Uint8Array> {
  return readFile(fileURLToPath(new URL(`../../../demonstration/${name}.txt`, import.meta.url)))
}

/** Imports a text as a person's draft and sets elements through the live text, as the form on the page does. */
export async function draft(cast: Cast, login: string, text: DemoText, elements: Partial<Elements> = {}): Promise<DocumentId> {
  const client = await cast.as(login)
  const { documentId } = await client.upload(documentsContract.importFile, { fileName: `${text}.txt` }, await readDemoText(text))
  if (Object.keys(elements).length > 0) {
    await editLive(client, documentId, (doc) => {
      const map = elementsOf(doc)
      for (const [name, value] of Object.entries(elements)) map.set(name, value)
    })
  }
  return documentId
}
