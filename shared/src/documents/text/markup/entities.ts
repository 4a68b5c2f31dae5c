/** Character references of HTML that occur in Chinese web pages and pasted Word text. */

const named: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', shy: '', zwnj: '', zwj: '',
  ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', laquo: '«', raquo: '»', hellip: '…', mdash: '—', ndash: '–', middot: '·', bull: '•',
  times: '×', divide: '÷', plusmn: '±', minus: '−', deg: '°', permil: '‰', le: '≤', ge: '≥', ne: '≠', asymp: '≈', radic: '√', sum: '∑', infin: '∞',
  copy: '©', reg: '®', trade: '™', sect: '§', para: '¶', yen: '¥', euro: '€', pound: '£', cent: '¢', frac12: '½', frac14: '¼', frac34: '¾',
  sup2: '²', sup3: '³', micro: 'µ', omega: 'ω', Omega: 'Ω', alpha: 'α', beta: 'β', gamma: 'γ', pi: 'π', rarr: '→', larr: '←', uarr: '↑', darr: '↓', diams: '♦', rsaquo: '›', lsaquo: '‹',
}

/** The text with its character references resolved; unknown ones stay as they are. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z]{2,8}\d{0,2}));?/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })
}
