/** The checker while typing: runs shortly after a change, in the browser, over only what changed. */
import { directoryContract, type Unit } from '@xiewen/shared/directory'
import {
  createDocumentReader, createLinter, documentsContract, type Finding, type IgnoredView, type LintContext, type OfficialDocument, readDocument, reviewsOfFiles, type SignsInUse, splitIgnored,
} from '@xiewen/shared/documents'
import { useEffect, useMemo, useState } from 'react'
import { isCallError, useQuery } from '../../platform/http/index.ts'
import { oncePainted } from '../../platform/sync/index.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { openPageFaces } from './pages/page-faces.ts'
import type { AsideFinding, Opened } from './workbench-model.ts'

/** A check costs a few milliseconds; the pause only spares the screen from flicker between two keys. */
const pauseMs = 120

/** The text as last read, and what the checker says about it. */
export interface Checking {
  readonly document: OfficialDocument
  /** Findings that stand. */
  readonly findings: readonly Finding[]
  /** Findings put aside with a reason. */
  readonly aside: readonly AsideFinding[]
}

const noOneIgnored: readonly IgnoredView[] = []

/** Checks the live text whenever it rests; for the first time once the text is on the screen and what the rules need is known. */
export function useFindings(live: LiveDocument, opened: Opened): Checking {
  const isPainted = useIsPainted()
  const units = useQuery(directoryContract.listUnits, {}, { refreshOn: ['unit'] })
  const checking = useQuery(documentsContract.checking, { documentId: opened.document.id }, { refreshOn: ['documents'] })
  const known = units.kind === 'ready' ? units.data.units : null
  const settings = checking.kind === 'ready' ? checking.data : null
  const context = useUnchanged(useMemo(() => contextOf(known ?? [], opened, settings), [known, opened, settings]))
  const signs = useSigns()
  const linter = useMemo(() => createLinter(signs === 'none' || signs === 'loading' ? context : { ...context, signs }), [context, signs])
  const isReady = isPainted && units.kind !== 'loading' && checking.kind !== 'loading' && signs !== 'loading'
  const document = useDocument(live)
  const ignored = settings?.ignored ?? noOneIgnored
  return useMemo(() => {
    if (!isReady) return { document, findings: [], aside: [] }
    const { open, aside } = splitIgnored(document, linter.check(document), ignored)
    return { document, findings: open, aside }
  }, [isReady, document, linter, ignored])
}

/** False until this view has been painted once. */
function useIsPainted(): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    let isGone = false
    oncePainted(() => {
      if (!isGone) setPainted(true)
    })()
    return () => {
      isGone = true
    }
  }, [])
  return isPainted
}

/** Which signs the office's typefaces have; `none` where it cannot be had: then nothing is said of them. */
function useSigns(): SignsInUse | 'loading' | 'none' {
  const [signs, setSigns] = useState<SignsInUse | 'loading' | 'none'>('loading')
  useEffect(() => {
    let isGone = false
    openPageFaces().then(
      ({ signs: known }) => {
        if (!isGone) setSigns(known)
      },
      (problem: unknown) => {
        if (!isGone) setSigns('none')
        if (!isCallError(problem)) throw problem
      },
    )
    return () => {
      isGone = true
    }
  }, [])
  return signs
}

/** The value of before as long as the new one says the same: a fresh answer of the server with nothing new in it must not make the
 * checker forget what it knows of every block. */
function useUnchanged<T>(value: T): T {
  const said = JSON.stringify(value)
  const [kept, setKept] = useState({ said, value })
  if (kept.said === said) return kept.value
  setKept({ said, value })
  return value
}

/** The text as it stands when it rests; parts nobody touched are the same objects as before. */
function useDocument(live: LiveDocument): OfficialDocument {
  const [document, setDocument] = useState(() => readDocument(live.doc))
  useEffect(() => {
    const reader = createDocumentReader(live.doc)
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setDocument(reader.read()), pauseMs)
    }
    setDocument(reader.read())
    live.doc.on('update', read)
    return () => {
      clearTimeout(timer)
      live.doc.off('update', read)
      reader.stop()
    }
  }, [live])
  return document
}

/** What the directory knows about organs, as the server's own check does. */
function contextOf(units: readonly Unit[], opened: Opened, settings: Pick<LintContext, 'house' | 'principals'> | null): LintContext {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const parentOf = (unit: Unit | undefined): Unit | undefined => (unit?.parentId ? byId.get(unit.parentId) : undefined)
  const above: string[] = []
  for (let unit = parentOf(byId.get(opened.document.organId)); unit; unit = parentOf(unit)) if (unit.kind === 'organ') above.push(unit.name)
  const isBelow = (unit: Unit): boolean => {
    for (let each = parentOf(unit); each; each = parentOf(each)) if (each.id === opened.document.organId) return true
    return false
  }
  const organs = units.filter((unit) => unit.kind === 'organ')
  return {
    organNames: organs.flatMap((unit) => [unit.name, unit.shortName]),
    superiors: above,
    subordinates: organs.filter(isBelow).map((unit) => unit.name),
    codes: opened.codes,
    reviews: reviewsOfFiles(opened.attachments.map((file) => file.name)),
    leadOrgan: organs.filter((unit) => unit.id === opened.document.organId).flatMap((unit) => [unit.name, unit.shortName]),
    ...(settings?.house ? { house: settings.house } : {}),
    ...(settings?.principals ? { principals: settings.principals } : {}),
  }
}
