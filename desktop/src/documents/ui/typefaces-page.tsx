import type { OutputOf } from '@xiewen/shared/base'
import { documentsContract, elementsOfRole, type FaceChoice, type FontRole } from '@xiewen/shared/documents'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Field, Notice, Page, Panel, RefusalNotice, SvgPage, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import './documents.css'
import './paper.css'

type Typefaces = OutputOf<typeof documentsContract.typefaces>
type RoleFaces = Typefaces['roles'][number]

/** 字体: what the office prints each element with, tried on a page before it is put in force. */
export function Component() {
  const { t } = useWords()
  const answer = useQuery(documentsContract.typefaces, {}, { refreshOn: ['typefaces'] })
  return (
    <Page title={t('documents.ui.typefaces')}>
      <Answer of={answer}>{(data) => <TypefacesDesk key={`${data.version}`} data={data} reload={answer.reload} />}</Answer>
    </Page>
  )
}

/** From the face of the most words to that of the fewest. */
const order: readonly FontRole[] = ['xiaobiaosong', 'fangsong', 'heiti', 'kaiti', 'songti']

function TypefacesDesk({ data, reload }: { readonly data: Typefaces; readonly reload: () => void }) {
  const { t, format } = useWords()
  const [choice, setChoice] = useState<FaceChoice>(data.choice)
  const session = useSession()
  const mayChoose = session.duties.includes('system-admin')
  const roles = order.flatMap((role) => data.roles.find((each) => each.role === role) ?? [])
  return (
    <div className="template-desk">
      <div>
        <Notice kind="info">{t('documents.ui.typefaces.hint', { folder: data.folder })}</Notice>
        {data.isBehind ? <Notice kind="warning">{t('documents.ui.typefaces.behind')}</Notice> : null}
        {data.changed === null ? null : <p className="soft small">{t('documents.ui.typefaces.changed', { name: data.changed.name, at: format.moment(data.changed.at), reason: data.changed.reason })}</p>}
        <Panel title={t('documents.ui.typefaces.roles')}>
          {roles.map((faces) => (
            <RoleChoice key={faces.role} faces={faces} chosen={choice[faces.role]} disabled={!mayChoose} onChange={(key) => setChoice({ ...choice, [faces.role]: key })} />
          ))}
        </Panel>
        {data.refused.length === 0 ? null : (
          <Panel title={t('documents.ui.typefaces.refused')}>
            <ul className="plain-list">
              {data.refused.map(({ file, reason }) => (
                <li key={file}>
                  <span className="strong">{file}</span> <span className="soft">{t(`documents.ui.typefaces.refused.${reason}`)}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {mayChoose ? <ChooseForm data={data} choice={choice} onDone={reload} /> : <Notice>{t('documents.ui.typefaces.read-only')}</Notice>}
      </div>
      <Panel title={t('documents.ui.typefaces.preview')}>
        <Specimen choice={choice} />
      </Panel>
    </div>
  )
}

function RoleChoice({ faces, chosen, disabled, onChange }: { readonly faces: RoleFaces; readonly chosen: string; readonly disabled: boolean; readonly onChange: (key: string) => void }) {
  const { t } = useWords()
  const { role, options } = faces
  const inForce = options.find(({ key }) => key === chosen) ?? options[0]
  const elements = elementsOfRole[role].map((name) => t(`documents.ui.typefaces.element.${name}`)).join('、')
  return (
    <div className="typeface-role">
      <Field label={t(`documents.ui.typefaces.role.${role}`)} hint={elements}>
        {(control) => (
          <Select<string>
            {...control}
            value={inForce?.key ?? ''}
            disabled={disabled}
            popupMatchSelectWidth={false}
            onChange={onChange}
            options={options.map(({ key, family, file, origin, coverage }) => ({ value: key, label: t('documents.ui.typefaces.option', { family, file, origin: t(`documents.ui.typefaces.origin.${origin}`), coverage }) }))}
          />
        )}
      </Field>
      {inForce?.isStandIn === true ? <p className="soft small">{t('documents.ui.typefaces.stand-in')}</p> : null}
      {inForce?.fsType === 4 ? <p className="soft small">{t('documents.ui.typefaces.preview-only')}</p> : null}
      {faces.lenders.length === 0 ? null : <p className="soft small">{t('documents.ui.typefaces.lenders', { names: faces.lenders.join('、') })}</p>}
    </div>
  )
}

/** 样张: a sample document in the faces that are chosen on this page, not in force yet. */
function Specimen({ choice }: { readonly choice: FaceChoice }) {
  const { t } = useWords()
  const answer = useQuery(documentsContract.previewTypefaces, choice)
  return (
    <Answer of={answer}>
      {({ pages, missing }) => (
        <div className="drawn-pages">
          {missing === '' ? null : <Notice kind="warning">{t('documents.ui.typefaces.specimen-missing', { text: [...missing].join('、') })}</Notice>}
          <ol className="pages">
            {pages.map((svg, index) => (
              <li key={`${index}`}>
                <SvgPage svg={svg} label={t('documents.ui.preview.page', { page: index + 1 })} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </Answer>
  )
}

function ChooseForm({ data, choice, onDone }: { readonly data: Typefaces; readonly choice: FaceChoice; readonly onDone: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const choose = useCommand(documentsContract.chooseTypefaces)
  const isChanged = order.some((role) => choice[role] !== data.choice[role])
  const act = async () => {
    if (!(await choose.run({ choice, version: data.version, reason }))) return
    tellDone(t('documents.ui.typefaces.done'))
    onDone()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void act()
      }}
    >
      <Field label={t('documents.ui.typefaces.reason')} hint={t('documents.ui.typefaces.reason-hint')}>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <RefusalNotice error={choose.error} />
      <Button type="primary" htmlType="submit" loading={choose.busy} disabled={!isChanged && !data.isBehind}>
        {t(isChanged ? 'documents.ui.typefaces.choose' : 'documents.ui.typefaces.load')}
      </Button>
    </form>
  )
}
