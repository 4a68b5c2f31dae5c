/** Initial state of SM3. Source: GB/T 32905-2016 clause 4.1. */
export const sm3Initial: Int32Array = Int32Array.from([
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
])
