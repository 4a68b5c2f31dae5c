import type { SignReport } from '@xiewen/shared/documents'
import { useWords } from '../../../platform/i18n/index.ts'
import { Notice } from '../../../platform/kit/index.ts'
import { SignNotices } from '../missing-signs.tsx'
import type { LaidPages } from './layout-messages.ts'

/** What the layout has to say: signs no face has or another lends, a signature alone on its page, and so on. */
export function PageRemarks({ laid, signs }: { readonly laid: LaidPages; readonly signs: SignReport | null }) {
  const { t } = useWords()
  const findings = laid.findings.filter(({ code }) => code !== 'layout.missing-glyph')
  return (
    <>
      {signs === null ? null : <SignNotices {...signs} />}
      {findings.map((finding) => (
        <Notice key={`${finding.code}${finding.page}${finding.block}`} kind="warning">
          {t(`documents.${finding.code}`, { page: finding.page, ...finding.params })}
        </Notice>
      ))}
    </>
  )
}
