import { useWords } from '../../platform/i18n/index.ts'
import { Tabs } from '../../platform/kit/index.ts'
import { navigate, useSession } from '../../platform/rooms/index.ts'

const paths = { overview: '/seals/overview', seals: '/seals', applications: '/seals/applications', ledger: '/seals/ledger', trust: '/seals/trust' } as const

/** 印章 · 用印申请 · 用印台账 · 概览; administrators have no applications, registrars neither ledger nor overview. */
export function SealsTabs({ current }: { readonly current: keyof typeof paths }) {
  const { t } = useWords()
  const { duties } = useSession()
  const isAdministrator = duties.includes('security-admin') || duties.includes('audit-admin')
  const hasLedger = duties.includes('audit-admin') || duties.includes('seal-keeper') || duties.includes('seal-approver')
  const hasOverview = hasLedger || duties.includes('security-admin')
  const hasTrust = isAdministrator || duties.includes('system-admin')
  const isSystem = duties.includes('system-admin')
  const keys = [...(isSystem ? [] : ['seals'] as const), ...(hasTrust ? [] : ['applications'] as const), ...(hasLedger ? ['ledger'] as const : []), ...(hasOverview ? ['overview'] as const : []), ...(hasTrust ? ['trust'] as const : [])] as const
  const open = (key: string) => {
    const found = keys.find((each) => each === key)
    if (found !== undefined) navigate(paths[found])
  }
  return <Tabs label={t('seals.room')} tabs={keys.map((key) => ({ key, label: t(`seals.ui.tab.${key}`) }))} current={current} onChange={open} />
}
