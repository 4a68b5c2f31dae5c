/** The thread in which updates of revisers are tried out: a Y.Doc built from user bytes never stands on the server's own thread. */
import { parentPort } from 'node:worker_threads'
import { createRevisionTrial, type TrialRequest } from './revision-trial.ts'

const trial = createRevisionTrial()
parentPort?.on('message', (request: TrialRequest) => {
  const answer = trial(request)
  if (answer !== null) parentPort?.postMessage(answer)
})
