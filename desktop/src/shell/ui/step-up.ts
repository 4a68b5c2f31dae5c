/** Proving identity again (二次认证): one question at a time, shared by all calls that wait for it. */

type Listener = () => void

let waiting: ((proven: boolean) => void)[] = []
const listeners = new Set<Listener>()

/** Opens the step-up sheet; answers true when the person has proven who they are. */
export function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve]
    tell()
  })
}

/** Whether the sheet should be open. */
export function isProofAsked(): boolean {
  return waiting.length > 0
}

/** Answers everybody who waits. */
export function answerProof(proven: boolean): void {
  const answered = waiting
  waiting = []
  tell()
  for (const resolve of answered) resolve(proven)
}

/** Calls `listener` when the question comes or goes. */
export function onProofAsked(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}
