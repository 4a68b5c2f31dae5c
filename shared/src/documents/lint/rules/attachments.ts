/** Rules about attachments (附件): their list after the text, and their own pages. */
import { deriveLabels } from '../../gongwen/numbering.ts'
import { bareText } from '../../text/patterns.ts'
import { hitsOf, mainPlacesOf, placesOf, titleOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'

const listClause = { level: 'national-standard', clause: 'GB/T 9704-2012 7.3.4', severity: 'error' } as const
const typedLabel = /^附件\s?\d{0,2}\s?[:：]\s?(?:\d{1,2}\s?[.．、]\s?)?|^\d{1,2}\s?[.．、]\s?(?!\d)/
/** Titles that issue another text; that text is no attachment in the sense of 附件说明. */
const issuing = /印发|转发|批转|发布|公布|颁布|修订|修改/

/** Rules E01 E02 E03 E06 E07 E08. */
export const attachmentRules: readonly LintRule[] = [
  {
    id: 'E01',
    ...listClause,
    scope: 'block',
    kinds: ['attachment-note', 'paragraph', 'annex-title'],
    check: labelHits,
  },
  {
    id: 'E02',
    ...listClause,
    scope: 'block',
    kinds: ['attachment-note'],
    check: (place) => [
      ...hitsOf(place, /(?<![。；;，,、.：:])[。；;，,、.：:]+$/g, () => ''),
      ...quotedName(place).map((hit): Hit => ({ ...hit, severity: 'hint' })),
    ],
  },
  {
    id: 'E03',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.7',
    severity: 'error',
    scope: 'document',
    check: listHits,
  },
  {
    id: 'E06',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'hint',
    scope: 'document',
    check(scene) {
      const named = /(?:印发|转发|批转)《?([^《》]{2,80})》?的通知$/.exec(titleOf(scene)?.text.slice(0, 300) ?? '')?.[1]
      const bare = bareText(named ?? '')
      return mainPlacesOf(scene, 'attachment-note')
        .filter((place) => bare.length > 3 && bareText(place.text) === bare)
        .map(({ index, text }) => ({ block: index, params: { text } }))
    },
  },
  {
    id: 'E07',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.7',
    severity: 'error',
    scope: 'document',
    check: detachedHits,
  },
  { id: 'E08', ...listClause, scope: 'document', check: placeHits },
]

/** Labels and numbers of 附件说明 are derived: typed ones would be printed twice. */
function labelHits({ index, text, block }: Place): readonly Hit[] {
  const match = typedLabel.exec(text.slice(0, 40))
  const isLabel = match && (block.kind === 'attachment-note' || match[0].startsWith('附件'))
  if (!match || !isLabel || match[0].length === text.length) return []
  const edits = [{ from: 0, to: match[0].length, text: '' }]
  const hit = { block: index, spots: [{ from: 0, to: match[0].length }], params: { text: match[0] } }
  return [
    {
      ...hit,
      fix:
        block.kind === 'paragraph'
          ? { kind: 'change-block', block: index, to: 'attachment-note', edits }
          : { kind: 'edit-text', block: index, edits },
    },
  ]
}

/** A name wholly in 《》. */
function quotedName(place: Place): readonly Hit[] {
  const match = /^(?:附件\s?\d{0,2}[:：]\s?)?(?:\d{1,2}[.．、]\s?)?《([^《》]+)》/.exec(place.text.slice(0, 300))
  const rest = place.text.slice(match?.[0].length ?? 0)
  return match && /^[。；;，,、.]*$/.test(rest.slice(0, 20))
    ? [{ block: place.index, params: { text: place.text.slice(0, 60), fix: match[1] ?? '' } }]
    : []
}

/** 附件说明 and the attachments agree in number, order and name. */
function listHits(scene: LintScene): readonly Hit[] {
  const pages = placesOf(scene, 'attachment-note', 'annex-title')
  if (pages.length === 0) return []
  const labels = deriveLabels(scene.document.blocks)
  const hits: Hit[] = []
  const notes: Place[] = []
  let next = 0
  let isIssued = issuing.test(titleOf(scene)?.text.slice(0, 300) ?? '') || scene.document.elements.format === 'order'
  for (const place of pages) {
    const { index, text } = place
    if (place.kind === 'attachment-note') {
      notes.push(place)
      continue
    }
    if (labels[index] === null) {
      if (!isIssued) hits.push({ block: index, params: { text: '', found: text } })
      isIssued = false
      continue
    }
    const note = notes[next]
    next += 1
    if (!note) hits.push({ block: index, params: { text: '', found: text } })
    else if (nameOf(note) !== nameOf(place)) hits.push({ block: index, params: { text: note.text, found: text } })
  }
  return [...hits, ...notes.slice(next).map(({ index, text }): Hit => ({ block: index, params: { text, found: '' } }))]
}

/** A name without a typed label: that is another rule's. */
function nameOf(place: Place): string {
  return bareText(place.text.replace(typedLabel, ''))
}

/** A text that is nothing but an attachment must say whose: number of its document, 附件, its own number. */
function detachedHits(scene: LintScene): readonly Hit[] {
  const first = scene.places.find(({ text }) => text.trim() !== '')
  const isDetached = first?.kind === 'annex-title' || (first?.kind === 'paragraph' && /^附件\s?\d{0,2}$/.test(first.text))
  const isWhole = mainPlacesOf(scene, 'title-note', 'signature', 'date', 'recipients').length > 0
  return first && isDetached && !isWhole ? [{ block: first.index, params: { text: first.text.slice(0, 30) } }] : []
}

/** 附件说明 stands after the text and before 署名. */
function placeHits(scene: LintScene): readonly Hit[] {
  if (placesOf(scene, 'attachment-note').length === 0) return []
  const end = mainPlacesOf(scene, 'signature', 'date')[0]?.index ?? scene.mainEnd
  const last = mainPlacesOf(scene, 'paragraph', 'heading', 'table').filter(({ index, text }) => index < end && text.trim() !== '').at(-1)?.index ?? -1
  return mainPlacesOf(scene, 'attachment-note')
    .filter(({ index }) => index > end || index < last)
    .map(({ index, text }) => ({ block: index, params: { text: text.slice(0, 60) } }))
}
