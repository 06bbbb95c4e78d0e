import type { Locator, Page } from 'playwright-core'

/** How a person does something on a page: with a mouse, or with nothing but the keyboard. */
export type Hands = Readonly<{
  /** A button, a link, a tab, a summary. */
  press: (target: Locator) => Promise<void>
  /** A box or a radio button, so that it is chosen. */
  check: (box: Locator) => Promise<void>
  uncheck: (box: Locator) => Promise<void>
  /** Text; `YYYY-MM-DD` into a field for a day, `YYYY-MM-DDTHH:MM` into one for a moment. */
  write: (field: Locator, text: string) => Promise<void>
  /** One of a list, by its value. */
  pick: (list: Locator, value: string) => Promise<void>
  /** An entry of the menu that a button opens. */
  menu: (button: Locator, entry: Locator) => Promise<void>
  /** A name in a box that narrows names down while one types. */
  person: (field: Locator, name: string) => Promise<void>
  /** The row of a grid that is active, by its link. */
  row: (grid: Locator, link: Locator) => Promise<void>
  /** Files, from the window of the operating system that the control opens. */
  files: (control: Locator, paths: readonly string[]) => Promise<void>
  /** What was not right about the way, for a test to expect none. */
  faults: readonly string[]
}>

export function mouse(page: Page): Hands {
  return {
    press: target => target.click(),
    check: box => box.check(),
    uncheck: box => box.uncheck(),
    write: (field, text) => field.fill(text),
    pick: async (list, value) => void (await list.selectOption(value)),
    menu: async (button, entry) => {
      await button.click()
      await entry.click()
    },
    person: async (field, name) => {
      await field.fill(name)
      await field.page().getByRole('option', { name }).first().click()
    },
    row: (_, link) => link.click(),
    files: async (control, paths) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), control.click()])
      await chooser.setFiles([...paths])
    },
    faults: [],
  }
}

/** A page of the plan of a large customer has many stops; more than this and something cannot be reached. */
const MOST_STOPS = 400
/** So much of a way, counted in what could be stops, is not too far. */
const SURE = 0.7
/** Parts of a field for a day or a moment, each a stop of its own. */
const MOST_PARTS = 8

/**
 * Only `page.keyboard`; locators find out where things are, and never act. Each stop of Tab and Shift+Tab must lie in its direction, be in
 * sight, and show that it has the focus.
 */
export async function keyboard(page: Page): Promise<Hands> {
  const faults: string[] = []
  const key = (name: string) => page.keyboard.press(name)
  await page.addInitScript(watchStops)
  // Playwright keeps the window of the operating system closed from the first listener on: one added with the key comes too late for it.
  page.on('filechooser', () => {})

  async function standing(target: Locator): Promise<Standing> {
    const at = await target.evaluate(standingOf)
    faults.push(...at.faults)
    return at
  }

  /** Tab, or Shift+Tab where the target lies behind, until it has the focus. */
  async function reach(target: Locator): Promise<void> {
    await target.waitFor()
    let at = await standing(target)
    for (let count = 0; at.is !== 'here'; count++) {
      if (count === MOST_STOPS) throw new Error(`${target} cannot be reached with the Tab key; the focus is on ${at.holder}`)
      // Most of a long way without a look, the rest stop by stop.
      const stops = count === 0 ? Math.max(1, Math.floor(at.stops * SURE)) : 1
      for (let stop = 0; stop < stops; stop++) await key(at.is === 'behind' ? 'Shift+Tab' : 'Tab')
      at = await standing(target)
    }
    await page.evaluate(framesDrawn)
  }

  async function press(target: Locator): Promise<void> {
    if ((await target.getAttribute('role')) !== 'tab') {
      await reach(target)
      return key('Enter')
    }
    // One stop for all tabs, then arrows.
    const row = page.getByRole('tablist').filter({ has: target })
    await reach(row.locator('[role="tab"][tabindex="0"]'))
    await arrowTo(target, ['ArrowRight'])
    await key('Enter')
  }

  async function arrowTo(target: Locator, keys: readonly string[]): Promise<void> {
    for (let count = 0; count < MOST_STOPS; count++) {
      if ((await standing(target)).is === 'here') return
      for (const each of keys) await key(each)
    }
    throw new Error(`${target} cannot be reached with ${keys.join(' ')}`)
  }

  async function check(box: Locator): Promise<void> {
    if (await box.isChecked()) return
    if ((await box.getAttribute('type')) !== 'radio') {
      await reach(box)
      return key('Space')
    }
    // One stop for the group, where the chosen one is; arrows choose.
    const name = await box.getAttribute('name')
    await reach(page.locator(`input[type="radio"][name="${name}"]:checked`))
    await arrowTo(box, ['ArrowDown'])
  }

  async function write(field: Locator, text: string): Promise<void> {
    await reach(field)
    const type = await field.getAttribute('type')
    if (type !== 'date' && type !== 'datetime-local') {
      await key('Control+a')
      if (text === '') await key('Delete')
      else await page.keyboard.type(text)
      return
    }
    // Come from behind, one stands in the last part of the field.
    for (let part = 0; part < MOST_PARTS; part++) await key('ArrowLeft')
    const [day = '', time] = text.split('T')
    const [year, month, dayOfMonth] = day.split('-')
    await page.keyboard.type(`${month}${dayOfMonth}${year}`)
    if (time) {
      const [hour = '0', minute] = time.split(':')
      await key('ArrowRight')
      await page.keyboard.type(`${String(Number(hour) % 12 || 12).padStart(2, '0')}${minute}${Number(hour) < 12 ? 'A' : 'P'}`)
    }
    const now = await field.inputValue()
    if (now !== text) throw new Error(`typing ${text} into the field gave ${now}`)
  }

  async function pick(list: Locator, value: string): Promise<void> {
    await reach(list)
    // Arrows choose at once in a list that is closed; the value is what a person hears.
    const step = await list.evaluate((select, wanted) => {
      if (!(select instanceof HTMLSelectElement)) throw new Error('this is no list to choose from')
      const at = [...select.options].findIndex(each => each.value === wanted || each.label === wanted)
      if (at === -1) throw new Error(`the list has no ${wanted}: ${[...select.options].map(each => each.value).join(', ')}`)
      return at - select.selectedIndex
    }, value)
    for (let count = 0; count < Math.abs(step); count++) await key(step < 0 ? 'ArrowUp' : 'ArrowDown')
  }

  return {
    press,
    check,
    uncheck: async box => {
      if (!(await box.isChecked())) return
      await reach(box)
      await key('Space')
    },
    write,
    pick,
    menu: async (button, entry) => {
      await press(button)
      await entry.waitFor()
      await arrowTo(entry, ['ArrowDown'])
      await key('Enter')
    },
    person: async (field, name) => {
      await write(field, name)
      await page.getByRole('option', { name }).first().waitFor()
      const active = page.getByRole('option', { name }).first()
      for (let count = 0; count < MOST_PARTS; count++) {
        const chosen = await field.getAttribute('aria-activedescendant')
        if (chosen !== null && chosen === (await active.getAttribute('id'))) break
        await key('ArrowDown')
      }
      await key('Enter')
    },
    row: async grid => {
      await reach(grid)
      await key('Enter')
    },
    files: async (control, paths) => {
      await reach(control)
      const isInput = (await control.getAttribute('type')) === 'file'
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), key(isInput ? 'Space' : 'Enter')])
      await chooser.setFiles([...paths])
    },
    faults,
  }
}

/** Runs in the page: as many frames as `watchStops` gives a message to go out of the way. */
const framesDrawn = async (): Promise<void> => {
  for (let frame = 0; frame < 5; frame++) await new Promise(drawn => requestAnimationFrame(drawn))
}

type Standing = { is: 'here' | 'ahead' | 'behind'; stops: number; holder: string; faults: string[] }

/** Runs in the page: where the focus is, seen from the target, about how many stops lie between, and what was wrong with those before. */
function standingOf(target: Element): Standing {
  const isAfter = (one: Node, other: Node) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  const holder = document.activeElement ?? document.body
  const isAhead = holder === document.body || holder.contains(target) || isAfter(holder, target)
  const [from, to] = isAhead ? [holder, target] : [target, holder]
  const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
  const between = [...document.querySelectorAll<HTMLElement>(all)].filter(
    each =>
      each.tabIndex >= 0 &&
      !each.matches(':disabled') &&
      (from === document.body || isAfter(from, each)) &&
      isAfter(each, to) &&
      each.checkVisibility(),
  )
  // Put there by `watchStops`.
  const { takeFaults } = globalThis as unknown as { takeFaults: () => string[] }
  return {
    is: holder === target ? 'here' : isAhead ? 'ahead' : 'behind',
    stops: between.length,
    holder: `${holder.tagName.toLowerCase()} ${holder.getAttribute('aria-label') ?? holder.textContent?.slice(0, 60) ?? ''}`,
    faults: takeFaults(),
  }
}

/**
 * Runs in the page before its own scripts: looks at what has the focus whenever a key goes down, which is after Tab brought it there, and
 * once more when the focus has left it, for whether it looks the same.
 */
function watchStops(): void {
  type Stop = { element: Element; look: string; tabbed: 'on' | 'back' | 'no' }
  // Read there by `standingOf`.
  const page = globalThis as unknown as { takeFaults: () => string[] }
  let faults: string[] = []
  let last: Stop | undefined
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 60) ?? ''}`
  const isAfter = (one: Node, other: Node) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  /** Of the thing and what is drawn around it. */
  const lookOf = (element: Element) =>
    [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling]
      .flatMap(each => (each ? [undefined, '::before', '::after'].map(pseudo => getComputedStyle(each, pseudo)) : []))
      .map(style => [style.outline, style.boxShadow, style.borderTopColor, style.borderBottomColor, style.transform, style.content].join())
      .join()
  /** What lies over the middle of it. */
  const coverOf = (element: Element): Element | null => {
    const box = element.getBoundingClientRect()
    const middle = (from: number, to: number, most: number) => (Math.max(from, 0) + Math.min(to, most)) / 2
    const over = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight))
    return over && !element.contains(over) && !over.contains(element) ? over : null
  }
  const outOfSight = (element: Element): string | undefined => {
    const box = element.getBoundingClientRect()
    if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) return 'outside the window'
    const over = coverOf(element)
    return over && !over.closest('[data-toaster-position]') ? `under ${name(over)}` : undefined
  }
  function look(): Element {
    const holder = document.activeElement ?? document.body
    if (!last || last.element === holder) return holder
    const { element, tabbed } = last
    if (element.isConnected && element.checkVisibility() && lookOf(element) === last.look)
      faults.push(`no focus to be seen on ${name(element)}`)
    // A dialog keeps the focus: after its last stop comes its first.
    const isKept = holder.closest('[role="dialog"], [role="alertdialog"]') !== null
    const isFree = !element.isConnected || element === document.body || holder === document.body || element.contains(holder) || isKept
    if (tabbed !== 'no' && !isFree && isAfter(element, holder) !== (tabbed === 'on'))
      faults.push(`out of order: ${tabbed} from ${name(element)} to ${name(holder)}`)
    last = undefined
    return holder
  }
  const frames = (count: number, then: () => void): void => void requestAnimationFrame(() => (count > 1 ? frames(count - 1, then) : then()))
  // A message goes out of the way once it and the focus are drawn: what it still covers some frames later, it covers.
  addEventListener('focusin', ({ target }) => {
    const cover = () => (document.activeElement === target ? coverOf(target as Element)?.closest('[data-toaster-position]') : null)
    frames(2, () => cover() && frames(3, () => cover() && faults.push(`a message covers ${name(target as Element)}`)))
  })
  addEventListener(
    'keydown',
    event => {
      const holder = look()
      const tabbed = event.key !== 'Tab' ? 'no' : event.shiftKey ? 'back' : 'on'
      if (holder === document.body) return
      const why = outOfSight(holder)
      if (why) faults.push(`out of sight: ${name(holder)}, ${why}`)
      last = { element: holder, look: lookOf(holder), tabbed }
    },
    true,
  )
  page.takeFaults = () => {
    look()
    const told = faults
    faults = []
    return told
  }
}
