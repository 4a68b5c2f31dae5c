/** Reading what Word, WPS and web pages put on the clipboard: words and tables come in, looks do not, and what was left out is
 * counted. The page of the clipboard is only read, never shown: nothing in it is loaded or run. */

/** A piece of the clipboard in order: lines of text, or a table. */
export type ClipboardPiece = { readonly kind: 'text'; readonly lines: readonly string[] } | { readonly kind: 'table'; readonly table: HTMLTableElement }

/** What was left out, by kind, with how many. */
export interface LeftOut {
  readonly formats: number
  readonly pictures: number
  readonly links: number
  readonly comments: number
  readonly deletions: number
  readonly hidden: number
}

/** What the clipboard holds. */
export interface Clipboard {
  readonly pieces: readonly ClipboardPiece[]
  readonly leftOut: LeftOut
}

const lineTags = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'LI', 'BLOCKQUOTE', 'PRE', 'SECTION', 'ARTICLE', 'TR', 'DT', 'DD', 'HEADER', 'FOOTER', 'CAPTION', 'FIGCAPTION', 'UL', 'OL', 'CENTER'])
const silent = new Set(['STYLE', 'SCRIPT', 'META', 'LINK', 'TITLE', 'XML', 'NOSCRIPT', 'TEMPLATE', 'IFRAME', 'OBJECT', 'INPUT', 'BUTTON', 'SELECT', 'TEXTAREA', 'SVG'])
/** Looks of their own: fonts, sizes, colours, spacing. Widths of tables and the like count for nothing. */
const looks = /(?:font|color|background|letter-spacing|line-height|text-(?:align|indent|decoration)|margin|mso-(?:bidi|fareast|ascii))/i

/** Reads a page that was parsed from the clipboard. */
export function readClipboard(page: Document): Clipboard {
  const reader = new Reader()
  reader.walk(page.body)
  return reader.finish()
}

class Reader {
  readonly #pieces: ClipboardPiece[] = []
  readonly #count = { formats: 0, pictures: 0, links: 0, comments: 0, deletions: 0, hidden: 0 }
  #lines: string[] = []
  #line = ''

  walk(node: Node): void {
    if (node.nodeType === Node.TEXT_NODE) {
      this.#line += (node.nodeValue ?? '').replaceAll(/[\s\u00a0]+/g, ' ')
      return
    }
    // Safe because only elements and the document's body are looked into.
    if (node.nodeType !== Node.ELEMENT_NODE || this.#leavesOut(node as HTMLElement)) return
    const element = node as HTMLElement
    if (element.tagName === 'BR') return this.#endLine()
    if (element instanceof HTMLTableElement && isTableOfFigures(element)) return this.#takeTable(element)
    const isLine = lineTags.has(element.tagName)
    if (isLine) this.#endLine()
    for (const child of element.childNodes) this.walk(child)
    if (isLine) this.#endLine()
  }

  #leavesOut(element: HTMLElement): boolean {
    if (silent.has(element.tagName.toUpperCase())) return true
    const style = element.getAttribute('style') ?? ''
    if (element.tagName === 'DEL' || /mso-element:\s*del/i.test(style)) return this.#skip('deletions')
    if (/mso-element:\s*comment/i.test(style) || element.classList.contains('MsoCommentReference') || element.classList.contains('msocomanchor')) return this.#skip('comments')
    if (/display:\s*none|visibility:\s*hidden/i.test(style) || element.hidden) return element.textContent?.trim() === '' ? true : this.#skip('hidden')
    if (element.tagName === 'IMG' || element.tagName === 'V:IMAGEDATA') return this.#skip('pictures')
    if (element.tagName === 'A' && element.hasAttribute('href')) this.#count.links += 1
    if (element.tagName === 'FONT' || looks.test(style)) this.#count.formats += 1
    return false
  }

  #skip(what: keyof LeftOut): true {
    this.#count[what] += 1
    return true
  }

  #endLine(): void {
    const line = this.#line.replaceAll(/^[\s\u3000]+|[\s\u3000]+$/g, '')
    this.#line = ''
    if (line !== '') this.#lines.push(line)
  }

  #endText(): void {
    this.#endLine()
    if (this.#lines.length > 0) this.#pieces.push({ kind: 'text', lines: this.#lines })
    this.#lines = []
  }

  #takeTable(table: HTMLTableElement): void {
    this.#endText()
    this.#count.formats += table.querySelectorAll('[style*="font"],[style*="color"],font').length
    this.#count.pictures += table.querySelectorAll('img').length
    this.#pieces.push({ kind: 'table', table })
  }

  finish(): Clipboard {
    this.#endText()
    return { pieces: this.#pieces, leftOut: this.#count }
  }
}

/** Web pages are laid out with tables too: one column, or tables in tables, are no table of figures. */
function isTableOfFigures(table: HTMLTableElement): boolean {
  const widest = Math.max(0, ...[...table.rows].map((row) => row.cells.length))
  return widest >= 2 && widest <= 60 && table.rows.length <= 2000 && table.querySelector('table') === null
}
