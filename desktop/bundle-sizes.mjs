/** Prints gzipped sizes of the built interface as JSON: what each page loads at its first visit, in kB (1000 bytes).
 * Exit code 1 when the inbox route loads more than its budget. Run after `npm run build -w desktop`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const web = join(import.meta.dirname, 'dist/web')
const inboxBudgetKb = 400
const manifest = JSON.parse(readFileSync(join(web, '.vite/manifest.json'), 'utf8'))

function closureOf(keys) {
  const seen = new Set()
  const visit = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) visit(next)
  }
  for (const key of keys) visit(key)
  return [...seen]
}

function sizesOf(keys) {
  const files = new Set(keys.flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]))
  let [js, css] = [0, 0]
  for (const file of files) {
    const bytes = gzipSync(readFileSync(join(web, file))).length
    if (file.endsWith('.css')) css += bytes
    else js += bytes
  }
  return { jsKb: Math.round(js / 100) / 10, cssKb: Math.round(css / 100) / 10, files: files.size }
}

const entry = ['index.html', 'src/shell/ui/words.zh-CN.ts']
const pages = Object.keys(manifest).filter((key) => /-(page|preview)\.tsx$/.test(key))
const sizes = Object.fromEntries(pages.map((key) => [key, sizesOf(closureOf([...entry, key]))]))
const report = { entry: sizesOf(closureOf(entry)), pages: sizes, inboxBudgetKb }
console.log(JSON.stringify(report, null, 2))
if (sizes['src/shell/ui/inbox/inbox-page.tsx'].jsKb > inboxBudgetKb) process.exitCode = 1
