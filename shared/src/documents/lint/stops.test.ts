import { describe, expect, test } from 'vitest'
import { type Block, emptyElements } from '../model.ts'
import { lintDocument } from './lint.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const heading = (text: string, level: 1 | 2 | 3 = 1): Block => ({ kind: 'heading', level, runs: [{ text }] })
const found = (rule: string, blocks: readonly Block[]) => lintDocument({ version: 1, elements: emptyElements('通知'), blocks }).filter((finding) => finding.rule === rule)

describe('stops in and around brackets (H11)', () => {
  test.each(['以公布的为准。（涉密数据除外）', '是指规模以上企业。（含外商企业）。', '材料包括报表（近三年。）和承诺书。', '由财政承担（不含交通费；）。', '以公布的为准。（涉密数据除外）另有规定的从其规定。'])('%s is found', (text) => {
    expect(found('H11', [paragraph(text)])).toHaveLength(1)
  })
  test.each(['逾期不予受理。（面试时间另行通知。）', '材料包括报表（近三年）和承诺书。', '做好下列工作。（一）加强领导。', '以公布的为准（涉密数据除外）。', '完成改造（其中：省级20万元；市级30万元）。'])('%s is right', (text) => {
    expect(found('H11', [paragraph(text)])).toEqual([])
  })
})

describe('stops of headings that stand alone (D05)', () => {
  test('a comma inside makes no item of a line with text below it', () => {
    expect(found('D05', [heading('加强领导，落实责任。'), paragraph('各单位要明确专人。'), heading('加强督查，兑现奖惩。'), paragraph('市政府将适时督查。')])).toHaveLength(2)
  })
  test('nor of one among headings without a stop', () => {
    expect(found('D05', [heading('加强领导，落实责任。'), heading('加强宣传引导')])).toHaveLength(1)
  })
  test('sentences of a numbered list keep theirs, the last one before the closing too', () => {
    expect(found('D05', [heading('禁燃区范围：绕城高速以内。'), heading('违反规定的，依法处理。'), paragraph('特此通告。')])).toEqual([])
  })
})
