/** Small texts are read where they are asked for: a thread takes longer to start than they take to read. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { type FileToRead, type ReadFile, readImportedFile } from './read-file.ts'
import { readInThread } from './read-in-thread.ts'
import { Unreadable } from './unreadable.ts'

const smallBytes = 256 * 1024

/** Reads a file for a process that does nothing else, such as a command: what is no archive and small is read right here, all
 * other files in a thread. A server, which has others to serve, reads everything in a thread. */
export function readForCommand(file: FileToRead): Promise<Result<ReadFile>> {
  const isArchive = file.bytes[0] === 0x50 && file.bytes[1] === 0x4b
  return isArchive || file.bytes.length > smallBytes ? readInThread(file) : Promise.resolve(readHere(file))
}

function readHere(file: FileToRead): Result<ReadFile> {
  try {
    return accept(readImportedFile(file))
  } catch (error) {
    if (error instanceof Unreadable) return refuse(error.code, error.params)
    throw error
  }
}
