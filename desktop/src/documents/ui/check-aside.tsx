import { documentsContract } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { RefusalNotice } from '../../platform/kit/index.ts'
import type { AsideFinding, Desk } from './workbench-model.ts'

/** 已忽略: findings put aside, by whom and why, for everybody who reads the document. */
export function AsideList({ desk }: { readonly desk: Desk }) {
  const { t, format } = useWords()
  const heed = useCommand(documentsContract.heedFinding)
  if (desk.aside.length === 0) return null
  const isMine = desk.opened.abilities.suggest?.allowed === true
  const takeUp = ({ finding, by }: AsideFinding) => void heed.run({ documentId: desk.opened.document.id, rule: finding.rule, anchor: by.anchor })
  return (
    <section aria-label={t('documents.ui.check.aside')}>
      <h3 className="check-group">
        {t('documents.ui.check.aside')} <span className="soft">{desk.aside.length}</span>
      </h3>
      <ul className="plain-list findings">
        {desk.aside.map((each) => (
          <li key={`${each.finding.rule}${each.by.anchor}`}>
            <p>
              {t(`documents.lint.${each.finding.rule}.name`)}：{String(each.finding.params['text'])}
            </p>
            <p className="soft small">{t('documents.ui.check.aside-by', { name: each.by.byName, date: format.date(each.by.at), reason: each.by.reason })}</p>
            {isMine ? (
              <Button size="small" onClick={() => takeUp(each)}>
                {t('documents.ui.check.heed')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <RefusalNotice error={heed.error} />
    </section>
  )
}
