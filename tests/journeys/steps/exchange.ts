/** Step 6: the sealed document goes to three organs; they sign for it, register it and handle it; the sender sees it all. */
import { DocumentDesk } from '../support/document-desk.ts'
import type { Person } from '../support/person.ts'
import type { Story } from '../support/story.ts'
import { stem, w } from '../support/words.ts'

const receivers = ['云州市人民政府办公室', '云州市财政局', '青川县人民政府办公室'] as const

/** 赵敏 sends it to three organs. */
export async function send(story: Story, path: string): Promise<void> {
  const registrar = await story.as('zhaomin')
  const desk = await new DocumentDesk(registrar).open(path)
  await desk.shows(w('exchange.ui.tracking'))
  await registrar.press(w('exchange.ui.send'))
  const sheet = registrar.at('dialog', w('exchange.ui.send'))
  for (const box of await sheet.getByRole('checkbox', { checked: true }).all()) await box.uncheck()
  for (const name of receivers) await sheet.getByRole('checkbox', { name, exact: true }).check()
  await registrar.shot('06-send')
  await sheet.getByRole('button', { name: w('exchange.ui.send-to', { count: receivers.length }) }).click()
  await registrar.sees(w('exchange.ui.done.sent', { count: receivers.length }))
}

async function signFor(person: Person, title: string): Promise<void> {
  await person.openEntry(title)
  await person.sees(stem('exchange.ui.verdict.VALID'))
  await person.press(new RegExp(`^${w('exchange.ui.do.sign-for')}`))
  await person.sees(w('exchange.ui.done.signed-for'))
}

/** Three organs sign for it; the city's office registers it for reading, the finance bureau for handling. */
export async function receive(story: Story, title: string): Promise<void> {
  const [city, finance, county] = [await story.as('zhengming'), await story.as('jiangtao'), await story.as('fanglin')]
  await Promise.all([signFor(city, title), signFor(finance, title), signFor(county, title)])
  await city.shot('06-signed-for')
  await city.press(w('exchange.ui.do.register'))
  const reading = city.at('dialog', w('exchange.ui.register-title'))
  await reading.getByRole('radio', { name: w('exchange.handling.read') }).check()
  await city.pick(w('exchange.ui.readers'), '梁思远')
  await reading.getByLabel(w('exchange.ui.purpose')).fill('请督查室据此分解立项。')
  await reading.getByRole('button', { name: /^登\s?记$/ }).click()
  await city.sees(stem('exchange.ui.done.registered'))
  await finance.press(w('exchange.ui.do.register'))
  await finance.at('dialog', w('exchange.ui.register-title')).getByRole('button', { name: /^登\s?记$/ }).click()
  await finance.sees(stem('exchange.ui.done.registered'))
  await finance.shot('06-registered')
}

/** 拟办, 批示, 交办, 承办, 办结 in the finance bureau. */
export async function handle(story: Story, title: string): Promise<void> {
  const [office, leader] = [await story.as('penglihua'), await story.as('caoyang')]
  const act = async (person: Person, go: string, opinion: string) => {
    await new DocumentDesk(person).decide(w(`workflow.ui.go.${go}`), opinion, null)
    await person.page.getByRole('status').filter({ hasText: /已送|已办理|已办结/ }).first().waitFor()
  }
  await office.openEntry(title)
  await office.shot('06-propose')
  await act(office, 'propose', '拟请曹局阅示，由预算科承办。')
  await leader.openEntry(title)
  await act(leader, 'instruct', '请预算科抓紧落实。')
  await leader.shot('06-instructed')
  await office.openEntry(title)
  await office.pick(w('workflow.ui.pick.handle'), '彭丽华')
  await act(office, 'assign', '')
  await office.openEntry(title)
  await act(office, 'handle', '已列入年度预算安排。')
  await office.openEntry(title)
  await act(office, 'finish', '办理完毕，同意办结。')
}

/** The sender sees where it stands with each organ. */
export async function track(story: Story, path: string): Promise<void> {
  const registrar = await story.as('zhaomin')
  const desk = await new DocumentDesk(registrar).open(path)
  await desk.panel(w('exchange.ui.tracking'))
  const line = (organ: string) => registrar.page.getByRole('listitem').filter({ hasText: organ }).last()
  for (const [organ, state] of [['云州市财政局', w('exchange.state.finished')], ['青川县人民政府办公室', w('exchange.state.signed-for')]] as const) {
    await line(organ).filter({ hasText: state }).waitFor()
  }
  await registrar.shot('06-tracking')
}
