/** Step 3: 核稿, two departments at once in the same text, 退回 and again, the office, the leader, the signature. */
import { expect } from 'vitest'
import { DocumentDesk } from '../support/document-desk.ts'
import type { Story } from '../support/story.ts'
import { w } from '../support/words.ts'

const submit = w('workflow.ui.go.submit')
const approve = w('workflow.ui.go.approve')
const countersign = w('workflow.ui.go.countersign')

/** Opens the document from the inbox, as whoever is asked does. */
async function fromInbox(story: Story, login: string, title: string): Promise<DocumentDesk> {
  const person = await story.as(login)
  await person.openEntry(title)
  const desk = new DocumentDesk(person)
  await desk.text.waitFor()
  return desk
}

/** 张晓雨 sends the draft; 刘建华 checks it and asks two departments. */
export async function submitAndCheck(story: Story, title: string): Promise<void> {
  const drafter = new DocumentDesk(await story.as('zhangxiaoyu'))
  await drafter.decide(submit, '请刘科长核稿。', '刘建华')
  await drafter.told('workflow.ui.done.to')
  await drafter.person.shot('03-submitted')
  const head = await fromInbox(story, 'liujianhua', title)
  await head.person.pick(w('workflow.ui.pick.countersign'), '马晓峰', '彭丽华')
  await head.person.shot('03-check')
  await head.decide(approve, '任务分工已与有关单位沟通，同意会签。', '马晓峰')
  await head.told('workflow.ui.done.to')
}

/** Both departments in the same live text at once: one proposes a revision, both give their opinion. */
export async function countersignTogether(story: Story, title: string): Promise<void> {
  const [planning, finance] = await Promise.all([fromInbox(story, 'maxiaofeng', title), fromInbox(story, 'penglihua', title)])
  await finance.typeAfter('加大力度推进数据要素', '（所需经费按预算管理规定办理）')
  await finance.saved()
  await planning.carries('（所需经费按预算管理规定办理）')
  await planning.panel(w('documents.ui.panel.revision'))
  await planning.person.page.getByRole('complementary', { name: w('documents.ui.right') }).getByText('彭丽华').first().waitFor()
  await planning.person.shot('03-countersign-revision')
  await finance.person.shot('03-countersign-finance')
  await finance.decide(countersign, '同意，请补充经费来源。', null)
  await finance.told('workflow.ui.done.acted')
  await planning.decide(countersign, '同意。', '王静怡')
  await planning.told('workflow.ui.done.to')
}

/** 王静怡 accepts the revision, returns the draft once, gets it straight back and passes it on. */
export async function officeCheck(story: Story, title: string): Promise<void> {
  const office = await fromInbox(story, 'wangjingyi', title)
  await office.panel(w('documents.ui.panel.revision'))
  await office.person.press(w('documents.ui.revision.accept'))
  await office.carries('（所需经费按预算管理规定办理）')
  await office.person.sees(w('documents.ui.revision.none'))
  await office.saved()
  await office.person.press(w('workflow.ui.return'))
  const sheet = office.person.at('dialog', w('workflow.ui.return.title'))
  await sheet.getByLabel(w('workflow.ui.return.reason')).fill('请核对附件名称与正文是否一致。')
  await sheet.getByRole('radio', { name: new RegExp(w('workflow.step.draft')) }).check()
  await office.person.shot('03-return')
  await sheet.getByRole('button', { name: /^退\s?回$/ }).click()
  await office.told('workflow.ui.done.returned')
  const drafter = await fromInbox(story, 'zhangxiaoyu', title)
  await drafter.person.sees('请核对附件名称与正文是否一致。')
  await drafter.decide(submit, '已核对，附件名称与正文一致。', '王静怡')
  await drafter.told('workflow.ui.done.to')
  const again = await fromInbox(story, 'wangjingyi', title)
  await again.person.pick(w('workflow.ui.pick.other', { step: w('workflow.step.deputy-leader') }), '林若溪')
  await again.decide(approve, '已核，格式规范。', '林若溪')
  await again.told('workflow.ui.done.to')
}

/** The deputy leader agrees, the principal leader signs, and from then on nobody can change a letter. */
export async function sign(story: Story, title: string, path: string): Promise<void> {
  const deputy = await fromInbox(story, 'linruoxi', title)
  await deputy.decide(approve, '同意，请陈局签发。', '陈国栋')
  await deputy.told('workflow.ui.done.to')
  const leader = await fromInbox(story, 'chenguodong', title)
  await leader.person.shot('03-sign')
  await leader.decide(w('workflow.ui.go.sign'), '同意印发，请各责任单位抓好落实。', null)
  await leader.told('workflow.ui.done.signed')
  const drafter = new DocumentDesk(await story.as('zhangxiaoyu'))
  await drafter.open(path)
  expect(await drafter.text.getAttribute('contenteditable')).toBe('false')
  await drafter.person.sees(w('documents.state.signed'))
  await drafter.panel(w('workflow.ui.opinions'))
  await drafter.person.sees(/已用本人密钥签名/)
  await drafter.person.shot('03-signed')
}
