/** The gallery: every screen in every look, for people to look at. Taken by `npm run screens`, not by the ordinary test run. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from './support/person.ts'
import { bareScreens, furtherLooks, type Look, looks, overflow, type Screen, screens, show, wear } from './support/screens.ts'
import { openStory, type Story } from './support/story.ts'

/** Where the gallery is left; nothing is taken when absent. */
const gallery = process.env['XIEWEN_GALLERY']
const dataDir = process.env['XIEWEN_GALLERY_DATA']

const isWorn = (screen: Screen, look: Look) => look.display === 'standard' || screen.main !== undefined

describe.runIf(gallery !== undefined)('gallery', () => {
  let story: Story
  const paths = new Map<string, string>()

  beforeAll(async () => {
    story = await openStory({ demonstration: true, ...(dataDir === undefined ? {} : { dataDir }) })
  })
  afterAll(() => story?.end())

  const sitting = (screen: Screen): Promise<Person> => (screen.login === null ? story.visitor() : story.as(screen.login))

  for (const look of [...looks, ...furtherLooks]) {
    for (const screen of [...screens, ...bareScreens].filter((each) => isWorn(each, look))) {
      test(`${look.name} ${screen.name}`, async () => {
        const person = await sitting(screen)
        if (screen.login !== null) {
          if (!paths.has(screen.name)) {
            await wear(person, looks[0] ?? look)
            await show(person, { ...screen, act: async () => undefined }, paths)
          }
          await wear(person, look)
        } else await person.page.setViewportSize(look.size)
        await show(person, screen, paths)
        const folder = join(gallery ?? '', look.name)
        mkdirSync(folder, { recursive: true })
        // Away from buttons, whose hints would cover what is shown.
        await person.page.mouse.move(2, 2)
        await person.page.screenshot({ path: join(folder, `${screen.name}.png`), animations: 'disabled' })
        expect(await overflow(person.page)).toBeLessThanOrEqual(0)
      })
    }
  }
})
