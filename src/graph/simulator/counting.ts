import { setImmediate } from 'node:timers/promises'
import type { ServiceId } from '../../model/services.ts'
import type { Crowd, SimulatedPerson } from './people.ts'

/** The products that count as Office 365 in the reports of active users, by their column names. */
export const PRODUCTS: Readonly<Record<string, ServiceId>> = {
  Exchange: 'exchange',
  OneDrive: 'onedrive',
  SharePoint: 'sharepoint',
  'Skype For Business': 'skype-for-business',
  Yammer: 'yammer',
  Teams: 'teams',
}

/** Ways of using a service that reports tell apart; each person who uses the service has some of them, at least one. */
export const PARTS = {
  'office-proplus': ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'],
  platform: ['Windows', 'Mac', 'Mobile', 'Web'],
  teams: ['Team Chat Messages', 'Private Chat Messages', 'Calls', 'Meetings', 'Other Actions'],
  exchange: ['Send', 'Receive', 'Read', 'Meeting Created', 'Meeting Interacted'],
  onedrive: ['Viewed Or Edited', 'Synced', 'Shared Internally', 'Shared Externally'],
  sharepoint: ['Visited Page', 'Viewed Or Edited', 'Synced', 'Shared Internally', 'Shared Externally'],
  yammer: ['Liked', 'Posted', 'Read'],
} as const satisfies Record<string, readonly string[]>
export type PartGroup = keyof typeof PARTS

const SERVICE_OF: Readonly<Partial<Record<PartGroup, ServiceId>>> = { platform: 'office-proplus' }
export const serviceOfParts = (group: PartGroup): ServiceId => SERVICE_OF[group] ?? group

export function hasPart(crowd: Crowd, person: SimulatedPerson, group: PartGroup, part: string): boolean {
  const names: readonly string[] = PARTS[group]
  return isPart(crowd.trait(person, SALTS[group]), names.indexOf(part), names.length)
}
const isPart = (trait: number, at: number, count: number) => at === trait % count || ((trait >>> (8 + at)) & 1) === 1
const SALTS: Readonly<Record<PartGroup, number>> = {
  'office-proplus': 40,
  platform: 41,
  teams: 42,
  exchange: 43,
  onedrive: 44,
  sharepoint: 45,
  yammer: 46,
}

/** What a person was on a day, for counting; a licence is what makes one count. */
export type DayCounts = Readonly<{
  day: number
  /** Licensed people, not gone, active on the day. */
  services: Readonly<Record<ServiceId, number>>
  /** Active in any of `PRODUCTS`. */
  any: number
  parts: Readonly<Record<PartGroup, Readonly<Record<string, number>>>>
  /** Mail by app. */
  mail: Readonly<Record<string, number>>
}>

/** Columns of the reports of email apps, and who uses each: nobody is invented to use the other ones. */
export const MAIL_APPS = [
  'Mail For Mac',
  'Outlook For Mac',
  'Outlook For Windows',
  'Outlook For Mobile',
  'Other For Mobile',
  'Outlook For Web',
  'POP3 App',
  'IMAP4 App',
  'SMTP App',
] as const
export type MailApp = (typeof MAIL_APPS)[number]

/** Whether mail read on a computer is read with this app; Outlook Mobile is a service of its own. */
export const readsWith = (crowd: Crowd, person: SimulatedPerson, app: MailApp): boolean => {
  const trait = crowd.trait(person, 60) % 10
  return (
    (app === 'Outlook For Windows' && trait < 7) || (app === 'Outlook For Mac' && trait === 7) || (app === 'Outlook For Web' && trait > 5)
  )
}

export type Counter = (day: number) => Promise<DayCounts>

/** Counts people day by day and keeps the days it counted. Gives way to other work between days. */
export function counterOf(crowd: Crowd): Counter {
  const kept = new Map<number, DayCounts>()
  return async day => {
    const known = kept.get(day)
    if (known) return known
    await setImmediate()
    const counts = countDay(crowd, day)
    kept.set(day, counts)
    return counts
  }
}

function countDay(crowd: Crowd, day: number): DayCounts {
  const ids = [...crowd.tenant.services.keys()]
  const services = ids.map(() => 0)
  const isProduct = ids.map(id => Object.values(PRODUCTS).includes(id))
  const groups = (Object.keys(PARTS) as PartGroup[]).map(group => ({
    // The keys of PARTS are its PartGroups.
    group,
    service: ids.indexOf(serviceOfParts(group)),
    salt: SALTS[group],
    counts: PARTS[group].map(() => 0),
  }))
  const [mailAt, mobileAt] = [ids.indexOf('exchange'), ids.indexOf('outlook-mobile')]
  const mail: Partial<Record<MailApp, number>> = {}
  let any = 0
  for (const person of crowd.people()) {
    if (person.isGone) continue
    const active = ids.map(id => crowd.hasLicence(person, id) && crowd.isActiveOn(person, id, day))
    if (!active.includes(true)) continue
    let inAny = false
    for (let at = 0; at < ids.length; at++) {
      if (!active[at]) continue
      services[at] = (services[at] ?? 0) + 1
      inAny ||= isProduct[at] === true
    }
    if (inAny) any++
    for (const { service, salt, counts } of groups) {
      if (!active[service]) continue
      const trait = crowd.trait(person, salt)
      for (let at = 0; at < counts.length; at++) if (isPart(trait, at, counts.length)) counts[at] = (counts[at] ?? 0) + 1
    }
    for (const app of MAIL_APPS) {
      const isUsed = app === 'Outlook For Mobile' ? active[mobileAt] : active[mailAt] && readsWith(crowd, person, app)
      if (isUsed) mail[app] = (mail[app] ?? 0) + 1
    }
  }
  const named = (names: readonly string[], counts: readonly number[]) =>
    Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0]))
  const parts = Object.fromEntries(groups.map(({ group, counts }) => [group, named(PARTS[group], counts)]))
  // Every group is among the groups.
  return { day, services: named(ids, services), any, parts: parts as DayCounts['parts'], mail }
}
