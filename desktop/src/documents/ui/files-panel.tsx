import { documentsContract, largestAttachmentBytes } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload, urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { FileDrop, RefusalNotice } from '../../platform/kit/index.ts'
import type { Desk } from './workbench-model.ts'

/** 附件: files that travel with the document. */
export function FilesPanel({ desk }: { readonly desk: Desk }) {
  const { t, format } = useWords()
  const { attachments, abilities, document } = desk.opened
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const remove = useCommand(documentsContract.removeAttachment)
  const mayAttach = abilities.attach?.allowed === true
  const add = async (files: readonly File[]) => {
    setBusy(true)
    setError(null)
    try {
      for (const file of files) await upload(documentsContract.addAttachment, { documentId: document.id, fileName: file.name.slice(0, 200) }, file)
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
      desk.reload()
    }
  }
  return (
    <>
      {attachments.length === 0 ? <p className="soft">{t('documents.ui.files.none')}</p> : null}
      <ul className="plain-list files">
        {attachments.map((file) => (
          <li key={file.id}>
            <a href={urlOf(documentsContract.downloadAttachment, { documentId: document.id, attachmentId: file.id })} download={file.name}>
              {file.name}
            </a>
            <div className="row soft small">
              <span>{format.size(file.sizeBytes)}</span>
              <span>{file.byName}</span>
              <span>{format.moment(file.at)}</span>
              {mayAttach ? (
                <Button type="link" size="small" onClick={() => void remove.run({ documentId: document.id, attachmentId: file.id }).then(desk.reload)}>
                  {t('documents.ui.files.remove')}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {mayAttach ? <FileDrop label={t(busy ? 'documents.ui.files.sending' : 'documents.ui.files.add')} accept="" multiple maxBytes={largestAttachmentBytes} onFiles={(files) => void add(files)} /> : null}
      <RefusalNotice error={error ?? remove.error} />
    </>
  )
}
