/** What a screen must offer people who use it by keyboard, by screen reader, or with weak eyes. Sources: WCAG 2.2 1.1.1, 1.3.1, 1.4.3,
 * 2.4.6, 3.1.1, 4.1.2; GB/T 37668-2019. */
import type { Page } from 'playwright-core'

/** What is wrong with the page on screen, one line each; empty when nothing is. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const tell = (what: string, element: Element) => {
      const html = element.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 140)
      if (found.length < 40) found.push(`${what}: ${html}`)
    }
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0

    /** Words a screen reader says for a control. */
    const nameOf = (element: Element): string => {
      const byId = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
      const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels].map((label) => label.textContent ?? '').join(' ') : ''
      const pictures = [...element.querySelectorAll('img[alt], [aria-label], title')].map((each) => each.getAttribute('alt') ?? each.getAttribute('aria-label') ?? each.textContent ?? '').join(' ')
      return [element.getAttribute('aria-label'), byId, labels, element.getAttribute('role') === 'textbox' ? '' : element.textContent, pictures, element.getAttribute('title'), element.getAttribute('placeholder')].join(' ').trim()
    }
    for (const control of document.querySelectorAll('button, a[href], input:not([type="hidden"]), select, textarea, [role="button"], [role="tab"], [role="combobox"], [role="textbox"], [role="option"], [role="dialog"], dialog[open]')) {
      if (isShown(control) && nameOf(control) === '') tell('no name', control)
    }
    for (const image of document.querySelectorAll('img:not([alt])')) if (isShown(image)) tell('picture without words', image)
    for (const hidden of document.querySelectorAll('[aria-hidden="true"]')) {
      const inside = hidden.querySelector('button:not([tabindex="-1"]), a[href]:not([tabindex="-1"]), input:not([tabindex="-1"])')
      if (inside !== null && isShown(inside)) tell('can be focused but not heard', inside)
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) found.push(`id used twice: ${id}`)
    if (document.documentElement.lang === '') found.push('the page says no language')
    if (document.title === '') found.push('the page has no title')
    if ([...document.querySelectorAll('h1')].filter(isShown).length !== 1) found.push('not exactly one main heading')

    const channels = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (rgb: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    /** The colour behind an element: the first opaque ground above it; null where a picture or a veil lies there. */
    const groundOf = (element: Element): readonly number[] | null => {
      for (let each: Element | null = element; each !== null; each = each.parentElement) {
        const style = getComputedStyle(each)
        if (style.backgroundImage !== 'none' || Number(style.opacity) < 1) return null
        const ground = channels(style.backgroundColor)
        if ((ground[3] ?? 1) === 1 && style.backgroundColor !== 'transparent') return ground.slice(0, 3)
        if ((ground[3] ?? 0) > 0) return null
      }
      return [255, 255, 255]
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || !isShown(element)) continue
      // What is switched off may be faint; drawn pages are pictures of paper.
      if (element.closest('[disabled], [aria-disabled="true"], .ant-segmented-item-disabled, .unseen, svg, script, style, option') !== null) continue
      const ground = groundOf(element)
      if (ground === null) continue
      const style = getComputedStyle(element)
      const ink = luminance(channels(style.color).slice(0, 3))
      const [light, dark] = [Math.max(ink, luminance(ground)), Math.min(ink, luminance(ground))]
      const ratio = (light + 0.05) / (dark + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (isLarge ? 3 : 4.5)) tell(`contrast ${ratio.toFixed(2)}`, element)
    }
    return found
  })
}
