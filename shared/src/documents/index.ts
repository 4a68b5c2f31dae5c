/** The documents room (公文): what an official document is, how it is read, checked and laid out. */
export * from './layout/model.ts'
export * from './model.ts'
export * from './ydoc.ts'
