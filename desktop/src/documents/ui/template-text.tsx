import { blockText, deriveLabels, organToken, type TemplateContent } from '@xiewen/shared/documents'
import { Button, Input, Select } from 'antd'
import { useMemo } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'
import { type BlockChoice, blockChoices } from './import-model.ts'
import { choiceOf, withChoice, withLineAfter, withMove, withoutLine, withTable, withTableAfter, withText } from './template-model.ts'
import { TemplateTable } from './template-table.tsx'

/** Props of `TemplateText`. */
export interface TemplateTextProps {
  readonly content: TemplateContent
  readonly disabled: boolean
  readonly onChange: (content: TemplateContent) => void
}

/** 正文: the template's blocks, one line each. */
export function TemplateText({ content, disabled, onChange }: TemplateTextProps) {
  const { t } = useWords()
  const labels = useMemo(() => deriveLabels(content.document.blocks), [content])
  const name = (each: BlockChoice): string => (each.startsWith('heading ') ? t('documents.ui.desk.heading', { level: each.slice(-1) }) : t(`documents.block.${each}`))
  return (
    <>
      <Notice>{t('documents.ui.template.text-hint', { token: organToken })}</Notice>
      <ol className="template-lines">
        {content.document.blocks.map((block, index) => {
          const choice = choiceOf(block)
          const place = t('documents.ui.template.line', { line: index + 1 })
          return (
            // Lines have no names of their own; their place is what the keeper sees.
            <li key={`${index}`}>
              {choice === null ? (
                <span className="soft">{t(`documents.block.${block.kind}`)}</span>
              ) : (
                <Select<BlockChoice>
                  aria-label={t('documents.ui.template.kind-of', { place })}
                  disabled={disabled}
                  value={choice}
                  popupMatchSelectWidth={false}
                  options={blockChoices.map((value) => ({ value, label: name(value) }))}
                  onChange={(next) => onChange(withChoice(content, index, next))}
                />
              )}
              {block.kind === 'table' ? (
                <TemplateTable table={block} label={place} disabled={disabled} onChange={(table) => onChange(withTable(content, index, table))} onDrop={() => onChange(withoutLine(content, index))} />
              ) : choice === null ? (
                <span className="soft small">{blockText(block).slice(0, 60)}</span>
              ) : (
                <span className="template-line">
                  {labels[index] ? <span className="soft">{labels[index]}</span> : null}
                  <Input.TextArea
                    aria-label={place}
                    disabled={disabled}
                    autoSize={{ minRows: 1, maxRows: 8 }}
                    value={blockText(block)}
                    onChange={(event) => onChange(withText(content, index, event.target.value))}
                  />
                </span>
              )}
              {disabled ? null : (
                <span className="row template-acts">
                  <Button size="small" type="text" aria-label={t('documents.ui.template.up', { place })} disabled={index === 0} onClick={() => onChange(withMove(content, index, -1))}>
                    ↑
                  </Button>
                  <Button size="small" type="text" aria-label={t('documents.ui.template.down', { place })} disabled={index === content.document.blocks.length - 1} onClick={() => onChange(withMove(content, index, 1))}>
                    ↓
                  </Button>
                  <Button size="small" type="text" aria-label={t('documents.ui.template.add', { place })} onClick={() => onChange(withLineAfter(content, index))}>
                    ＋
                  </Button>
                  <Button size="small" type="text" aria-label={t('documents.ui.template.add-table', { place })} title={t('documents.ui.template.add-table', { place })} onClick={() => onChange(withTableAfter(content, index))}>
                    {t('documents.block.table')}
                  </Button>
                  <Button size="small" type="text" danger aria-label={t('documents.ui.template.remove', { place })} disabled={content.document.blocks.length === 1} onClick={() => onChange(withoutLine(content, index))}>
                    ×
                  </Button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </>
  )
}
