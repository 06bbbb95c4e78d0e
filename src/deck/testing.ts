import JSZip from 'jszip'
import { decide } from '../engine/decide.ts'
import { DeckExtras, type DeckLocale } from '../model/deck.ts'
import { FactSheet, splitSheet } from '../model/facts.ts'
import type { Playbook } from '../model/playbook.ts'
import { Day } from '../model/words.ts'
import type { DeckInput } from './teller.ts'

/** Something to make a deck from: facts as in a facts file, the plan of the day among it. */
export function inputFor(
  playbook: Playbook,
  facts: unknown,
  { locale = 'en', extras = {}, date = '2026-11-21' }: { locale?: DeckLocale; extras?: unknown; date?: string } = {},
): DeckInput {
  const split = splitSheet(FactSheet.parse(facts), { '': { source: 'facts.yaml', asOf: null } })
  const plan = decide(playbook, split.facts, split.history, Day.parse(date))
  return { playbook, ...split, plan, locale, extras: DeckExtras.parse(extras) }
}

/** One service known, one with an empty report, one with a stale one, two metrics, things done and decided. */
export const SOME_FACTS = {
  customer: { id: 'contoso', name: 'Contoso', assignedOn: '2026-01-05' },
  csm: { assigned: true },
  services: {
    teams: { entitled: 10000, activatedOn: '2026-03-01', usage: { active: 4531, asOf: '2026-11-19' }, threshold: 40 },
    onedrive: { entitled: 8000, activatedOn: '2026-03-01', usage: { active: 0, asOf: '2026-11-19' } },
    yammer: { entitled: 300, activatedOn: null, usage: { rows: 0, asOf: '2026-11-19' } },
    sharepoint: { entitled: 300, usage: { active: 12, asOf: '2026-09-19' } },
    intune: { entitled: 500, intended: false },
  },
  programs: { 'onedrive-adoption': 'agreed' },
  accelerators: { 'office-proplus': 'accepted' },
  metrics: [
    { id: 'm1', name: 'Tickets solved by self-service', baseline: 5, target: 40, current: 42, asOf: '2026-11-18' },
    { id: 'm2', name: 'Days until a new colleague can work', baseline: 9, target: 3, current: 3.001, asOf: '2026-11-18' },
    { id: 'm3', name: 'Meetings without travel', target: 50 },
  ],
  review: { meetingHeldOn: '2026-11-10', outcomes: ['business-value-discussion'], wantsMore: true },
  tasks: [{ id: '3735', status: 'complete', on: '2026-11-10' }],
}

/** A red pixel. */
export const LOGO = {
  type: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
} as const

/** What only the portal knows, a little of everything. */
export const SOME_EXTRAS = {
  brand: { name: 'Impulso', colour: '#ffd400', logo: LOGO },
  presenters: ['Ana', 'Rita'],
  narratives: { achievements: 'A year in which much was learned.\nThank you.' },
  delivered: [{ what: 'Workshop for champions', service: 'teams', on: '2026-05-04' }],
  meetings: [
    { what: 'Kick-off', on: '2026-02-01' },
    { what: 'Quarterly talk', on: '2026-08-01' },
    { what: 'After the deck', on: '2026-12-24' },
  ],
  milestones: [{ what: 'first', service: 'teams', on: '2026-04-01' }],
  blockers: [
    {
      what: 'Old phones',
      service: 'teams',
      state: 'resolved',
      seats: 120,
      since: '2026-03-01',
      resolvedOn: '2026-06-01',
      step: 'New ones',
    },
    { what: 'Firewall', service: null, state: 'open', seats: null, since: '2026-10-01', resolvedOn: null, step: null },
  ],
  momentum: [{ kind: 'champions', what: 'A champion in each department', owner: 'Ana', due: '2027-01-31', state: 'in-progress' }],
  options: [{ choice: 'expand', what: 'Telephony' }],
  nextSteps: [{ what: 'Agree on a date for the workshop', owner: null, due: '2026-12-01' }],
  history: {
    teams: [
      { day: '2026-03-31', active: 800, seats: 10000, source: 'usage reports' },
      { day: '2026-08-31', active: 3000, seats: 10000, source: 'usage reports' },
      { day: '2026-11-19', active: 4531, seats: 10000, source: 'usage reports' },
    ],
    onedrive: [{ day: '2026-08-31', active: 0, seats: 8000, source: 'usage reports' }],
  },
}

/** The files of a package by path: text of XML parts, bytes of the others. */
export async function unpack(bytes: Uint8Array): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const zip = await JSZip.loadAsync(bytes)
  const files = Object.values(zip.files).filter(each => !each.dir)
  const read = (name: string) => (/\.(xml|rels)$/.test(name) ? 'string' : 'uint8array')
  return new Map(await Promise.all(files.map(async each => [each.name, await each.async(read(each.name))] as const)))
}

export type Element = Readonly<{ name: string; attributes: Readonly<Record<string, string>>; children: readonly (Element | string)[] }>

/** XML 1.0 with namespaces, as strict as it must be; throws what is wrong and where. Knows no doctype: an Office file must have none. */
export function parseXml(text: string): Element {
  const stack: { name: string; attributes: Record<string, string>; children: (Element | string)[]; spaces: ReadonlySet<string> }[] = []
  let root: Element | null = null
  let at = /^\uFEFF?<\?xml [^?]*\?>/.exec(text)?.[0].length ?? 0
  const fail = (why: string): never => {
    throw new Error(`${why} at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`)
  }
  while (at < text.length) {
    const end = text.indexOf('<', at)
    const run = text.slice(at, end === -1 ? text.length : end)
    if (run !== '') {
      const parent = stack.at(-1)
      if (!parent && run.trim() !== '') fail('text outside of the root')
      parent?.children.push(unescaped(run, fail))
      at += run.length
      continue
    }
    const comment = /^<!--(?:(?!--)[\s\S])*-->/.exec(text.slice(at, at + 10_000))
    const tag = /^<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/.exec(
      text.slice(at, at + 100_000),
    )
    if (!comment && !tag) fail('no tag')
    at += (comment ?? tag)?.[0].length ?? 0
    if (!tag || comment) continue
    const [, closes, name = '', attributeText = '', isEmpty] = tag
    if (closes) {
      const open = stack.pop()
      if (open?.name !== name) fail(`</${name}> closes <${open?.name}>`)
      continue
    }
    const attributes: Record<string, string> = {}
    for (const [, key = '', double, single] of attributeText.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      if (key in attributes) fail(`attribute ${key} twice`)
      attributes[key] = unescaped(double ?? single ?? '', fail)
    }
    const spaces = new Set([
      ...(stack.at(-1)?.spaces ?? ['xml', 'xmlns']),
      ...Object.keys(attributes).flatMap(key => /^xmlns:(.*)$/.exec(key)?.[1] ?? []),
    ])
    for (const prefix of [name, ...Object.keys(attributes)].flatMap(each => /^(.*):/.exec(each)?.[1] ?? [])) {
      if (!spaces.has(prefix)) fail(`nothing declares the prefix ${prefix}`)
    }
    const element = { name, attributes, children: [], spaces }
    if (stack.length === 0 && root) fail('a second root')
    root ??= element
    stack.at(-1)?.children.push(element)
    if (!isEmpty) stack.push(element)
  }
  if (stack.length > 0) fail(`<${stack.at(-1)?.name}> is not closed`)
  return root ?? fail('no root')
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string, fail: (why: string) => never): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text) || !text.isWellFormed()) fail('a forbidden character')
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) fail('a bare &')
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
    if (code) return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10))
    return NAMED[name] ?? fail(`&${name}; is not known`)
  })
}

/** Every element of a name below another, itself among them, in document order. */
export const elementsOf = (element: Element, name: string): readonly Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap(each => (typeof each === 'string' ? [] : elementsOf(each, name))),
]

export const textOf = (element: Element): string => element.children.map(each => (typeof each === 'string' ? each : textOf(each))).join('')
