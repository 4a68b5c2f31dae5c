/** Text in XML and SVG. */

/** Escapes text for XML and SVG; characters XML 1.0 forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '\uFFFD')
}
