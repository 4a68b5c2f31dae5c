/** Why the server closes a socket. 44xx: connecting again cannot help; 45xx: try again later (the convention of y-websocket 3). */
export const closeCodes = {
  malformed: 4400,
  'session-ended': 4401,
  'no-right': 4403,
  'no-document': 4404,
  'foreign-author': 4409,
  damaged: 4410,
  'too-large': 4413,
  refused: 4422,
  'gap-flood': 4430,
  'server-fault': 4500,
  'try-later': 4503,
  'slow-reader': 4508,
  'server-closing': 4512,
  'too-many-frames': 4529,
} as const

/** Name of a close code: also the text of the close frame. */
export type CloseReason = keyof typeof closeCodes
