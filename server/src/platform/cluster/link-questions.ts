/** Questions over a link and their answers, by number. */

/** Questions under way. */
export interface Questions {
  /** Rejects when no answer comes in time or the link ends. */
  ask(question: unknown): Promise<unknown>
  answered(number: number, answer: unknown): void
  close(): void
}

const answerWithinMs = 5_000

/** Keeps the questions of one link; `send` puts one on its way. */
export function createQuestions(send: (number: number, question: unknown) => void): Questions {
  const waiting = new Map<number, { readonly resolve: (answer: unknown) => void; readonly reject: (cause: Error) => void }>()
  let next = 1
  let isClosed = false
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the link has ended'))
        const number = next
        next += 1
        const timer = setTimeout(() => end(new Error('no answer from the other node')), answerWithinMs)
        const end = (cause: Error): void => {
          clearTimeout(timer)
          waiting.delete(number)
          reject(cause)
        }
        const answered = (answer: unknown): void => {
          clearTimeout(timer)
          waiting.delete(number)
          resolve(answer)
        }
        waiting.set(number, { resolve: answered, reject: end })
        send(number, question)
      }),
    answered: (number, answer) => waiting.get(number)?.resolve(answer),
    close() {
      isClosed = true
      for (const { reject } of [...waiting.values()]) reject(new Error('the link has ended'))
    },
  }
}
