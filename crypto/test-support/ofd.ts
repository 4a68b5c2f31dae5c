import { concatBytes, fromLatin1, utf8 } from '../src/bytes.ts'
import { openEntry, readZip, storedEntry, writeZip, type ZipEntry } from '../src/ofd/zip.ts'
import { Budget } from '../src/pdf/budget.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const space = 'xmlns:ofd="http://www.ofdspec.org/2016"'

/** A small OFD of A4 pages. */
export function anOfd(pages = 3): Uint8Array {
  const list = Array.from({ length: pages }, (_, i) => `<ofd:Page ID="${10 + i}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('')
  const files: readonly (readonly [string, string])[] = [
    ['OFD.xml', `<ofd:OFD ${space} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`],
    ['Doc_0/Document.xml', `<ofd:Document ${space}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>${list}</ofd:Pages></ofd:Document>`],
    ['Doc_0/PublicRes.xml', `<ofd:Res ${space} BaseLoc="Res"/>`],
    ...Array.from({ length: pages }, (_, i) => [`Doc_0/Pages/Page_${i}/Content.xml`, `<ofd:Page ${space}><ofd:Content/></ofd:Page>`] as const),
  ]
  return writeZip(files.map(([name, xml]) => storedEntry(name, utf8(head + xml))))
}

/** The package with some files put in, replaced or (null) taken out. */
export function withFiles(bytes: Uint8Array, files: Readonly<Record<string, string | Uint8Array | null>>): Uint8Array {
  const kept = readZip(bytes, new Budget()).filter((entry) => !(entry.name in files))
  const added = Object.entries(files).flatMap(([name, content]): readonly ZipEntry[] =>
    content === null ? [] : [storedEntry(name, typeof content === 'string' ? utf8(content) : content)],
  )
  return writeZip([...kept, ...added])
}

/** One file of a package. */
export function fileOf(bytes: Uint8Array, name: string): Uint8Array {
  const entry = readZip(bytes, new Budget()).find((each) => each.name === name)
  if (entry === undefined) throw new Error(`no ${name}`)
  return openEntry(entry, new Budget())
}

/** The package with a text of one file changed. */
export function edited(bytes: Uint8Array, name: string, from: string | RegExp, to: string): Uint8Array {
  const text = new TextDecoder().decode(fileOf(bytes, name))
  const changed = text.replace(from, () => to)
  if (changed === text) throw new Error(`nothing to change in ${name}`)
  return withFiles(bytes, { [name]: changed })
}

/** Entries written twice over: a package no reader should take. */
export function withTwin(bytes: Uint8Array, name: string, twin: string): Uint8Array {
  return writeZip([...readZip(bytes, new Budget()), storedEntry(name, utf8(twin))])
}

/** Bytes patched in place at the first occurrence of a text. */
export function overwritten(bytes: Uint8Array, text: string, offset: number, value: number): Uint8Array {
  const changed = concatBytes(bytes)
  const at = fromLatin1(bytes).lastIndexOf(text)
  if (at < 0) throw new Error('no such text')
  changed[at + offset] = value
  return changed
}
