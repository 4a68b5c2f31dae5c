import { workflowContract } from '@xiewen/shared/workflow'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import type { BarProps, SheetKind } from './bar-props.ts'
import type { Acting } from './use-act.ts'

/** The quiet buttons: 撤回, 催办, 传阅, 终止. Only what is possible is shown. */
export function WatchActions({ seen, acting, onSheet }: BarProps & { readonly acting: Acting; readonly onSheet: (kind: SheetKind) => void }) {
  const { t } = useWords()
  const { abilities } = seen
  const withdrawable = abilities.withdraw.at(-1)
  const withdraw = () => {
    if (withdrawable === undefined) return
    void acting.act(workflowContract.withdraw, { caseId: seen.id, taskId: withdrawable, expectedVersion: seen.version }, t('workflow.ui.done.withdrawn'))
  }
  const urge = async () => {
    await acting.act(workflowContract.urge, { caseId: seen.id }, t('workflow.ui.done.urged', { count: seen.tasks.filter((task) => task.state === 'open').length }))
  }
  return (
    <div className="wf-quiet">
      {withdrawable === undefined ? null : (
        <Button size="small" onClick={withdraw}>
          {t('workflow.ui.withdraw')}
        </Button>
      )}
      {abilities.urge === null ? (
        <Button size="small" onClick={() => void urge()}>
          {t('workflow.ui.urge')}
        </Button>
      ) : null}
      {abilities.circulate === null ? (
        <Button size="small" onClick={() => onSheet('circulate')}>
          {t('workflow.ui.circulate')}
        </Button>
      ) : null}
      {abilities.cancel === null ? (
        <Button size="small" danger type="text" onClick={() => onSheet('cancel')}>
          {t('workflow.ui.cancel')}
        </Button>
      ) : null}
    </div>
  )
}
