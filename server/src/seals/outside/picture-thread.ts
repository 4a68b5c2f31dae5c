/** The thread that decodes and cleans pictures of seals: reads one picture and ends. It has no access to the database, to keys or to people. */
import { parentPort, workerData } from 'node:worker_threads'
import { answerFor, type PictureToRead } from './clean-picture.ts'

// Safe because only `read-picture.ts` starts this program and hands it exactly this.
parentPort?.postMessage(answerFor(workerData as PictureToRead))
