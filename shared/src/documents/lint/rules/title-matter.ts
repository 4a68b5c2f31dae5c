/** Rules about what a title names: the text it issues, the organ it speaks for. */
import { bareText, isOrganName } from '../../text/patterns.ts'
import { hasTitle, hitOn, hitsOf, mainPlacesOf, placesOf, titleOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'
import { longestTitle, withoutQuoted } from './title.ts'

const practice = { level: 'practice', clause: '公文写作惯例' } as const
const regulationName = /(?:印发|转发|公布|发布|修改|废止)((?:(?!关于|《)[\u4e00-\u9fff（）]){4,40}?(?:办法|规定|细则|条例|规程|准则|章程|规则|方案|规划|预案))(?=的通知|的通告|的决定)/g
/** What is no document and takes no 《》: campaigns, projects, meetings. */
const notDocument = /《[^》]{2,30}(?:活动|工程|会议|行动|项目|论坛|比赛|大赛|培训班|展览会)》/g

/** Rules B06 B10 B11 B12. */
export const titleMatterRules: readonly LintRule[] = [
  {
    id: 'B06',
    ...practice,
    severity: 'hint',
    scope: 'block',
    kinds: ['title'],
    check(place) {
      const head = { ...place, text: place.text.slice(0, longestTitle) }
      const bare = [...head.text.matchAll(regulationName)].map(({ 1: name = '' }) => hitOn(head, name, { fix: `《${name}》` }))
      return [...bare, ...hitsOf(head, notDocument)]
    },
  },
  {
    id: 'B10',
    ...practice,
    severity: 'warning',
    scope: 'block',
    kinds: ['title'],
    check(place) {
      const text = withoutQuoted(place.text.slice(0, longestTitle))
      const relays = text.match(/转发|批转|印发/g)?.length ?? 0
      return relays > 1 || /(?:通知|意见|通报)的(?:通知|意见|通报)的通知/.test(text)
        ? [{ block: place.index, params: { text: place.text.slice(0, 60) } }]
        : []
    },
  },
  {
    id: 'B11',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.7',
    severity: 'warning',
    scope: 'document',
    check: issuedTextHits,
  },
  {
    id: 'B12',
    level: 'regulation',
    clause: '条例第九条（七）、（十一）',
    severity: 'warning',
    scope: 'document',
    check: organHits,
  },
]

/** A notice that issues 《…》 carries that text under the same name. */
function issuedTextHits(scene: LintScene): readonly Hit[] {
  const title = titleOf(scene)
  if (!title || !hasTitle(scene) || scene.document.elements.kind !== '通知') return []
  const text = title.text.slice(0, longestTitle)
  const named = /印发《((?:[^《》]|〈[^〉]*〉){2,80})》/.exec(text)?.[1]
  if (!named) return []
  const annexes = placesOf(scene, 'annex-title')
  const bare = withoutStatus(named)
  return annexes.some((annex) => withoutStatus(annex.text).endsWith(bare)) ? [] : [hitOn(title, named, { found: annexes[0]?.text ?? '' })]
}

/** Names compared without marks and without 试行, 修订 …: the status stands in brackets here and there. */
function withoutStatus(name: string): string {
  return bareText(name.replace(/[（(](?:试行|暂行|修订|修订版|征求意见稿|草案|20\d\d年版|20\d\d年修订)[）)]/g, ''))
}

/** The organ a title begins with is an issuer by its full or authorised short name. */
function organHits(scene: LintScene): readonly Hit[] {
  const title = titleOf(scene)
  if (!title || !hasTitle(scene)) return []
  const { issuers } = scene.document.elements
  const head = title.text.slice(0, longestTitle)
  const at = head.search(/关于|印发|转发|批转/)
  const names = at > 0 ? head.slice(0, at).split(/[、\s　]+/).filter((name) => name !== '') : []
  if (names.length === 0 || issuers.length === 0 || !names.every(isOrganName)) return []
  const signed = mainPlacesOf(scene, 'signature').map(({ text }) => bareText(text))
  if (!issuers.some(isOrganName) || names.every((name) => signed.includes(bareText(name)))) return []
  const known = knownNames(scene)
  const joined = bareText(names.join(''))
  if (joined === bareText(issuers.join('')) || issuers.some((issuer) => bareText(issuer) === joined)) return []
  return names.filter((name) => !isKnown(name, known, issuers)).map((name) => unknownOrgan(title, name))
}

function knownNames({ context }: LintScene): ReadonlySet<string> {
  return new Set([...(context.organNames ?? []), ...(context.house?.shortNames.map(({ short }) => short) ?? [])].map(bareText))
}

function isKnown(name: string, known: ReadonlySet<string>, issuers: readonly string[]): boolean {
  const bare = bareText(name)
  // Several names without a mark between them: 中共云州市委办公室云州市人民政府办公室.
  return known.has(bare) || issuers.some((issuer) => bareText(issuer) === bare)
}

function unknownOrgan(title: Place, name: string): Hit {
  return hitOn(title, name)
}
