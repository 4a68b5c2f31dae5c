import { documentIdSchema } from '@xiewen/shared/documents'
import { sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { RefusalNotice } from '../../platform/kit/index.ts'

/** Makes the copy for printing (打印件) of a sealed document and opens it: another file, with the verifying code in its margin. */
export function CopyAct({ documentId }: { readonly documentId: ReturnType<typeof documentIdSchema.parse> }) {
  const { t } = useWords()
  const make = useCommand(sealsContract.makeCopy)
  const print = async () => {
    // Opened at once, at the person's own click: browsers stop windows that come later.
    const sheet = window.open('', '_blank')
    const made = await make.run({ documentId })
    if (made === null) sheet?.close()
    else if (sheet) sheet.location.href = urlOf(sealsContract.copyFile, { documentId })
    else window.location.href = urlOf(sealsContract.copyFile, { documentId })
  }
  return (
    <section className="seal-apply">
      <Button block loading={make.busy} onClick={() => void print()}>
        {t('seals.copy.print')}
      </Button>
      <p className="soft small">{t('seals.copy.print-hint')}</p>
      <RefusalNotice error={make.error} />
    </section>
  )
}
