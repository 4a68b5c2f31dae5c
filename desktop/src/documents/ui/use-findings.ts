/** The checker while typing: runs shortly after the last change, in the browser. */
import { directoryContract, type Unit } from '@xiewen/shared/directory'
import { type Finding, type LintContext, lintDocument, type OfficialDocument, readDocument } from '@xiewen/shared/documents'
import { useEffect, useMemo, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import type { LiveDocument } from './editor/live-document.ts'
import type { Opened } from './workbench-model.ts'

const pauseMs = 300

/** The text as last read, and what the checker says about it. */
export interface Checking {
  readonly document: OfficialDocument
  readonly findings: readonly Finding[]
}

/** Checks the live text whenever it rests. */
export function useFindings(live: LiveDocument, opened: Opened): Checking {
  const units = useQuery(directoryContract.listUnits, {}, { refreshOn: ['unit'] })
  const known = units.kind === 'ready' ? units.data.units : null
  const context = useMemo(() => contextOf(known ?? [], opened), [known, opened])
  const [document, setDocument] = useState(() => readDocument(live.doc))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setDocument(readDocument(live.doc)), pauseMs)
    }
    setDocument(readDocument(live.doc))
    live.doc.on('update', read)
    return () => {
      clearTimeout(timer)
      live.doc.off('update', read)
    }
  }, [live])
  return useMemo(() => ({ document, findings: lintDocument(document, context) }), [document, context])
}

/** What the directory knows about organs, as the server's own check does. */
function contextOf(units: readonly Unit[], opened: Opened): LintContext {
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
  }
}
