/** Import of files: text, Markdown, web pages, Word files and our own JSON become documents. */
export { type ForeignChange } from './foreign-change.ts'
export { type ForeignComment, type ForeignThread } from './foreign-comment.ts'
export { importLimits } from './limits.ts'
export { Unreadable } from './unreadable.ts'
export { openZip, type ZipArchive } from './zip-reader.ts'
export { type FileToRead, type ImportFormat, type ReadFile } from './read-file.ts'
export { readForCommand } from './read-here.ts'
export { readInThread } from './read-in-thread.ts'
