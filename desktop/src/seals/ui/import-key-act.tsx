import { sealNameOf, sealsContract, type SealView } from '@xiewen/shared/seals'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { refreshTopics, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, FileDrop, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'

/** 导入密钥: the security administrator brings in the key of an approved seal from outside, in place of making. */
export function ImportKeyAct({ seal }: { readonly seal: SealView }) {
  const { t } = useWords()
  const { duties } = useSession()
  const bring = useCommand(sealsContract.importKey)
  const [open, setOpen] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const [password, setPassword] = useState('')
  if (seal.origin !== 'outside' || seal.state !== 'approved' || !duties.includes('security-admin')) return null
  const close = () => {
    setOpen(false)
    setFile(null)
    setPassword('')
  }
  const confirm = async () => {
    if (file === null || (await bring.run({ sealId: seal.id, file: await toBase64(file), password })) === null) return
    tellDone(t('seals.ui.import-key.done'))
    close()
    refreshTopics(['seals'])
  }
  return (
    <div className="row seal-acts">
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('seals.ui.import-key')}
      </Button>
      <ConfirmSheet open={open} title={t('seals.ui.import-key.ask', { name: sealNameOf(seal) })} confirmLabel={t('seals.ui.import-key')} busy={bring.busy} disabled={file === null} error={bring.error} onConfirm={() => void confirm()} onClose={close}>
        <p className="soft">{t('seals.ui.import-key.hint', { maker: seal.outsideMaker })}</p>
        <FileDrop label={file?.name ?? t('seals.ui.import-key.file')} accept=".p12,.pfx" maxBytes={80 * 1024} onFiles={([next]) => setFile(next ?? null)} />
        <Field label={t('seals.ui.import-key.password')}>{(control) => <Input.Password {...control} autoComplete="off" maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />}</Field>
      </ConfirmSheet>
    </div>
  )
}

async function toBase64(file: Blob): Promise<string> {
  return btoa(Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''))
}
