/** Serves the bundled pages. The interface is part of the client: no code ever comes from the network. */
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** The policy of a page. Styles may be inline, because the design kit writes its rules at run time; scripts may not.
 *
 * @param connect  further origins the page may speak to, e.g. `wss://oa.example.gov.cn`
 */
export function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    "default-src 'self'",
    // The second word lets the page compile the WebAssembly of crypto/, which is part of its own script; it allows no eval.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Answers with a file below `root`. A path without an extension is a view of the interface and gets `index.html`.
 *
 * @returns 404 when there is no such file; nothing outside `root` is ever read
 */
export async function pageFile(root: string, path: string, policy: string): Promise<Response> {
  const wanted = extname(path) === '' ? '/index.html' : path
  const file = fileBelow(root, wanted)
  const bytes = file === null ? null : await readFile(file).catch(() => null)
  if (bytes === null) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': types[extname(wanted)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  })
}

function fileBelow(root: string, path: string): string | null {
  let plain: string
  try {
    plain = decodeURIComponent(path)
  } catch {
    return null // a malformed escape names no file
  }
  if (plain.includes('\0') || plain.includes('\\')) return null
  const file = join(root, plain)
  return file.startsWith(root + sep) ? file : null
}
