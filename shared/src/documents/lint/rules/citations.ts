/** Rules about what the text refers to: documents, attachments, short names it has introduced. */
import { hitOfNote, hitsOf, notesOf, placesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Note, Place } from '../model.ts'

const practice = { level: 'practice', clause: '公文写作惯例' } as const

/** Acts no longer in force that drafts still cite. Sources: 条例 第四十二条; 民法典 第一千二百六十条 */
const abolished =
  /《(?:国家行政机关公文处理办法|中国共产党机关公文处理条例|(?:中华人民共和国)?(?:合同法|物权法|担保法|婚姻法|继承法|收养法|侵权责任法|民法通则|民法总则))》/g
/** 云政发〔2026〕3号《关于…》: the number before the title. */
const numberFirst = /[\u4e00-\u9fff]{2,12}〔\d{4}〕\d{1,5}号(?:文件?)?[)）]?《/g

/** Rules D12 D15 E04. */
export const citationRules: readonly LintRule[] = [
  {
    id: 'D12',
    ...practice,
    severity: 'warning',
    scope: 'block',
    check: (place) =>
      place.text.includes('《') ? [...hitsOf(place, abolished), ...hitsOf(place, numberFirst)] : [],
  },
  {
    id: 'D15',
    ...practice,
    severity: 'hint',
    scope: 'document',
    gather: (place) =>
      place.text.includes('以下') ? notesOf(place, /以下(?:简称|统称|并称|称)(?:为)?[：:]?\s?[“"《]([^”"》]{1,20})[”"》]/g) : [],
    check: unusedShortNames,
  },
  {
    id: 'E04',
    ...practice,
    severity: 'warning',
    scope: 'document',
    gather: (place) =>
      place.kind !== 'attachment-note' && place.kind !== 'annex-title' && place.text.includes('附件')
        ? notesOf(place, /附件\s?\d{0,2}/g)
        : [],
    check: attachmentHits,
  },
]

/** A short name that is never used, or introduced twice. */
function unusedShortNames(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  const seen = new Set<string>()
  return notes.slice(0, 40).flatMap((note): readonly Hit[] => {
    const isTwice = seen.has(note.text)
    seen.add(note.text)
    return isTwice || !isUsed(scene.places, note) ? [hitOfNote(note)] : []
  })
}

function isUsed(places: readonly Place[], note: Note): boolean {
  return places.some((place) => {
    if (place.index < note.block) return false
    return place.text.includes(note.text, place.index === note.block ? note.to : 0)
  })
}

const reference = /(?:详?见|参见|按照?|参照|填写|填报)附件\s?\d{0,2}/

/** 见附件N where there is no such attachment, and attachments nobody refers to. */
function attachmentHits(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  const listed = Math.max(placesOf(scene, 'attachment-note').length, placesOf(scene, 'annex-title').length)
  const wrong = notes.filter((note) => {
    const place = scene.places[note.block]
    const number = /\d+$/.exec(note.text)
    const before = place?.text.slice(Math.max(0, note.from - 3), note.to) ?? ''
    if (place?.part === 'annex' || !reference.test(before)) return false
    return number ? Number(number[0]) > listed : listed === 0
  })
  const [first] = placesOf(scene, 'attachment-note')
  const isLost = first && placesOf(scene, 'attachment-note').length > 1 && !notes.some((note) => scene.places[note.block]?.part === 'main')
  return [
    ...wrong.map((note) => hitOfNote(note)),
    ...(isLost ? [{ block: first.index, severity: 'hint' as const, params: { text: first.text } }] : []),
  ]
}
