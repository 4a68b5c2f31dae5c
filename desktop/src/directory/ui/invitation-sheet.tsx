import { Button, Input } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice, Sheet, tellDone } from '../../platform/kit/index.ts'

/** A one-time link just made; it cannot be shown again. */
export interface Invitation {
  readonly name: string
  readonly login: string
  readonly token: string
}

/** Shows a one-time sign-in link to hand over. */
export function InvitationSheet({ invitation, onClose }: { readonly invitation: Invitation | null; readonly onClose: () => void }) {
  const { t } = useWords()
  const link = invitation === null ? '' : `${window.location.origin}/link/${invitation.token}`
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    tellDone(t('directory.ui.link.copied'))
  }
  return (
    <Sheet
      open={invitation !== null}
      title={t('directory.ui.link.title', { name: invitation?.name ?? '' })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('ui.close')}</Button>
          <Button type="primary" onClick={() => void copy()}>
            {t('directory.ui.link.copy')}
          </Button>
        </>
      }
    >
      <p>{t('directory.ui.link.hint', { login: invitation?.login ?? '' })}</p>
      <Input.TextArea readOnly autoSize aria-label={t('directory.ui.link')} value={link} onFocus={(event) => event.target.select()} />
      <Notice kind="warning">{t('directory.ui.link.once')}</Notice>
    </Sheet>
  )
}
