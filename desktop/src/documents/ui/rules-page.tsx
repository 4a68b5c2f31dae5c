import { documentsContract, type HouseRules, isTunable, type LintRule, lintRules } from '@xiewen/shared/documents'
import type { OutputOf } from '@xiewen/shared/base'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, Field, Notice, Page, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { type HouseText, parseHouse, printHouse } from './rules-model.ts'
import './documents.css'

type Rules = OutputOf<typeof documentsContract.checkerRules>

/** 校验规则: what the office may set of the checker. */
export function Component() {
  const { t } = useWords()
  const answer = useQuery(documentsContract.checkerRules, {})
  return (
    <Page title={t('documents.ui.rules')}>
      <Answer of={answer}>{(rules) => <RulesForm key={rules.version} rules={rules} reload={answer.reload} />}</Answer>
    </Page>
  )
}

const lists = ['terms', 'forbidden', 'short-names', 'leaders', 'dual'] as const satisfies readonly (keyof HouseText)[]

function RulesForm({ rules, reload }: { readonly rules: Rules; readonly reload: () => void }) {
  const { t, format } = useWords()
  const [weights, setWeights] = useState(rules.house.weights)
  const [text, setText] = useState(() => printHouse(rules.house))
  const [badLine, setBadLine] = useState<string | null>(null)
  const save = useCommand(documentsContract.setCheckerRules)
  const act = async () => {
    const parsed = parseHouse(text)
    setBadLine(parsed.badLine)
    if (parsed.badLine !== null) return
    if (!(await save.run({ house: { ...parsed.lists, weights }, version: rules.version }))) return
    tellDone(t('documents.ui.rules.saved'))
    reload()
  }
  const tunable = lintRules.filter(isTunable)
  const binding = lintRules.filter((rule) => !isTunable(rule))
  return (
    <div className="rules-form">
      <Notice kind="info">
        {t('documents.ui.rules.hint')} {rules.canSet ? '' : t('documents.ui.rules.read-only')}
      </Notice>
      {rules.changedAt === null ? null : <p className="soft small">{t('documents.ui.rules.changed', { name: rules.changedByName, date: format.date(rules.changedAt) })}</p>}
      <Panel title={t('documents.ui.rules.lists')}>
        <div className="rule-lists">
          {lists.map((key) => (
            <Field key={key} label={t(`documents.ui.rules.${key}`)} hint={t(`documents.ui.rules.${key}-hint`)}>
              {(control) => <Input.TextArea {...control} rows={5} disabled={!rules.canSet} value={text[key]} onChange={(event) => setText({ ...text, [key]: event.target.value })} />}
            </Field>
          ))}
        </div>
      </Panel>
      <Panel title={t('documents.ui.rules.weights')}>
        {tunable.map((rule) => (
          <RuleRow key={rule.id} rule={rule} weight={weights[rule.id]} disabled={!rules.canSet} onChange={(weight) => setWeights(changed(weights, rule.id, weight))} />
        ))}
      </Panel>
      <RefusalNotice error={save.error} />
      {badLine === null ? null : <Notice kind="warning">{t('documents.ui.rules.bad-line', { text: badLine })}</Notice>}
      {rules.canSet ? (
        <Button type="primary" loading={save.busy} onClick={() => void act()}>
          {t('documents.ui.rules.save')}
        </Button>
      ) : null}
      <details>
        <summary>{t('documents.ui.rules.binding', { count: binding.length })}</summary>
        {binding.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </details>
    </div>
  )
}

type Weight = HouseRules['weights'][string]
const weightChoices = ['default', 'error', 'warning', 'hint', 'off'] as const

function changed(weights: HouseRules['weights'], id: string, weight: Weight | null): HouseRules['weights'] {
  const others = Object.fromEntries(Object.entries(weights).filter(([key]) => key !== id))
  return weight === null ? others : { ...others, [id]: weight }
}

interface RowProps {
  readonly rule: LintRule
  readonly weight?: Weight | undefined
  readonly disabled?: boolean
  /** Absent for a rule that binds everybody. */
  readonly onChange?: (weight: Weight | null) => void
}

function RuleRow({ rule, weight, disabled, onChange }: RowProps) {
  const { t } = useWords()
  const word = (choice: (typeof weightChoices)[number]): string => {
    if (choice === 'off') return t('documents.ui.rules.weight.off')
    if (choice === 'default') return t('documents.ui.rules.weight.default', { severity: t(`documents.ui.check.${rule.severity}`) })
    return t(`documents.ui.check.${choice}`)
  }
  return (
    <div className="rule-row">
      <span className="soft small figures">{rule.id}</span>
      <span>
        {t(`documents.lint.${rule.id}.name`)} <span className="soft small">{rule.clause}</span>
      </span>
      {onChange ? (
        <Select<Weight | 'default'>
          aria-label={t(`documents.lint.${rule.id}.name`)}
          popupMatchSelectWidth={false}
          disabled={disabled === true}
          value={weight ?? 'default'}
          options={weightChoices.map((value) => ({ value, label: word(value) }))}
          onChange={(value) => onChange(value === 'default' ? null : value)}
        />
      ) : (
        <span className="soft small">{t(`documents.lint.level.${rule.level}`)}</span>
      )}
    </div>
  )
}
