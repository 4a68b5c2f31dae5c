// A long typing session: runs of typing, corrections, jumps. Repeatable from its seed.
import * as Y from 'yjs'

/** The updates of `edits` edits by one client, and the text they make. */
export function longTyping(edits, client = 7) {
  const random = seeded(20260101)
  const doc = new Y.Doc()
  doc.clientID = client
  const typed = doc.getText('t')
  const updates = []
  doc.on('update', (update) => updates.push(Buffer.from(update)))
  let cursor = 0
  let run = 0
  while (updates.length < edits) {
    if (run === 0) {
      run = 1 + Math.floor(random() * 40)
      if (random() < 0.25) cursor = Math.floor(random() * (typed.length + 1))
    }
    run -= 1
    if (random() < 0.12 && cursor > 0) typed.delete((cursor -= 1), 1)
    else typed.insert(cursor++, '为进一步做好有关工作经研究现将事项通知如下'[Math.floor(random() * 21)])
  }
  const result = { updates, clocks: Y.getState(doc.store, client), text: typed.toString() }
  doc.destroy()
  return result
}

function seeded(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
