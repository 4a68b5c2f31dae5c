/**
 * Where everything lives in linear memory. There is no allocator and no garbage collector: every buffer is fixed, so the
 * module can be reasoned about like a small machine. `memory.data` reserves at compile time and costs nothing in the file.
 */

/** Bytes of one field element or scalar: nine limbs of 29 bits in 32-bit words, little-endian. */
export const elementSize: usize = 36
/** Bytes of one point in Jacobian coordinates: X, Y, Z. */
export const pointSize: usize = 108
/** Bytes of one affine point in a table: x and y as eight 32-bit words each. */
export const entrySize: usize = 64

/** Window width of the fixed-base tables in bits, windows for 260 bits, odd multiples per window. */
export const windowBits = 7
export const windowCount = 37
export const windowEntries = 64
/** Bytes of one fixed-base table. */
export const tableSize: usize = 151_552

/** How many prepared public keys fit; each has a table like the base point's. */
export const preparedSlots = 8

/** Buffer for bytes to digest or encipher, in and out. Eight blocks behind it may be overwritten. */
export const dataSize: usize = 65_536
export const data: usize = memory.data(65_664, 16)

/** Small arguments and results of the SM2 functions; offsets are named in sm2.ts. */
export const exchange: usize = memory.data(512, 16)

/** Every intermediate value of the SM2 functions, in one piece so that it can be wiped; the files below name their parts. */
export const workSize: usize = 4096
export const work: usize = memory.data(4096, 16)
export const fieldWork: usize = work
export const pointWork: usize = work + 320
export const orderWork: usize = work + 1024
export const tableWork: usize = work + 1152
export const sm2Work: usize = work + 1664

/** Table of the base point, then one per prepared key. */
export const baseTable: usize = memory.data(151_552, 16)
export const preparedTables: usize = memory.data(1_212_416, 16)
/** Jacobian points while a table is built. */
export const buildScratch: usize = memory.data(255_744, 16)
