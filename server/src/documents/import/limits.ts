/** What an imported file may cost. Everything the readers of untrusted files are limited by stands here. */

/** Limits of import. Sizes in bytes unless said otherwise. */
export const importLimits = {
  /** Longest text that becomes a document (characters). */
  textCharacters: 400_000,
  /** Parts inside an Office file; real ones have some dozens. */
  zipEntries: 4_000,
  /** One part of an Office file, inflated. 100,000 characters of Word text are about 5 MB of XML. */
  zipEntryBytes: 24 * 1024 * 1024,
  /** All parts that are read, inflated. */
  zipTotalBytes: 64 * 1024 * 1024,
  /** How much larger than its packed form a part may be, once it is larger than `zipRatioFromBytes`. */
  zipRatio: 200,
  zipRatioFromBytes: 1024 * 1024,
  /** How deep XML elements may stand in each other. */
  xmlDepth: 256,
  /** Elements and texts of one XML part; 100,000 characters of Word text are about 100,000. */
  xmlNodes: 600_000,
  xmlAttributes: 256,
  /** Paragraphs of a Word file, those in cells too. */
  lines: 100_000,
  /** Blocks of the document a file becomes; a text of a hundred pages has some two thousand. */
  blocks: 50_000,
  tableColumns: 60,
  tableRows: 3_000,
  /** Tables in tables and lists in lists deeper than this are read as if they stood at this depth. */
  nesting: 40,
  /** Pictures that become figures; more stay behind and are named. */
  pictures: 200,
  /** Revisions whose author and date are kept; more stay revisions, without what the file says of them. */
  revisions: 20_000,
  /** Comments that are kept; more are named in the report. */
  comments: 5_000,
  /** Longest name of an author a file may give (characters); longer ones are cut. */
  authorCharacters: 100,
  /** Largest picture (pixels); what a few bytes may claim. */
  picturePixels: 64 * 1024 * 1024,
  /** Entries of each list of the report that leave the server. */
  reportEntries: 2_000,
  /** A reading that takes longer is ended (ms). */
  deadlineMs: 20_000,
  /** Memory of the thread that reads (MiB). */
  heapMiB: 512,
  /** Files read at the same time; more wait. */
  concurrent: 2,
} as const
