import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceId } from '../model/services.ts'
import { USAGE_REPORTS, type UsageReport } from '../model/usage.ts'
import type { Text } from '../model/words.ts'
import { dayAfter } from './cells.ts'
import { type Duck, type DuckRow, openDuck, text } from './duck.ts'
import { readHead, type ServiceLayout } from './header.ts'
import { type ReportReading, readReport } from './read-report.ts'
import { MAX_BYTES, type UsageFile, type UsageOptions } from './read-usage.ts'
import { readCsv, type Source } from './sql.ts'
import { stage } from './stage.ts'

/** Why people of a service cannot be shown: names are concealed in its reports, or no report of it can be read. */
export type NoPeople = 'concealed' | 'no-report'

/** Days since the last activity, both ends counted; `to` null = no end. */
export type DormantBucket = Readonly<{ from: number; to: number | null; count: number }>

export type PeopleReading = Readonly<{
  service: ServiceId
  /** Null: what follows can be shown. */
  why: NoPeople | null
  /** Most acts first. */
  champions: readonly Readonly<{ user: string; name: string | null; acts: number; lastActivity: string | null }>[]
  /** What `acts` counts; null where no report among the files counts acts, and then `champions` is empty. */
  counted: Text | null
  /** Licensed people without activity in the window; null where no report says who is licensed. */
  dormant: readonly DormantBucket[] | null
  /** Licensed people without any activity ever. */
  never: number | null
  licensed: number | null
  /** Refresh date of the newest report that was asked. */
  asOf: string | null
  source: readonly UsageReport[]
}>

export type PeopleOptions = Pick<UsageOptions, 'window' | 'tempFolder' | 'maxBytes' | 'duck' | 'dates' | 'refreshDate'> &
  Readonly<{
    service: ServiceId
    /** Most champions told; 10 unless told. */
    champions?: number
  }>

/**
 * People of one service over kept report files: who used it most in the window, and how long the licensed who did not
 * have been away. The newest report that counts acts speaks for the former, the newest that says who has a licence and
 * when they came last for the latter. People gone count for nothing; guests are no champions. Files with concealed
 * names are refused.
 */
export async function readPeople(files: readonly UsageFile[], options: PeopleOptions): Promise<PeopleReading> {
  await mkdir(options.tempFolder, { recursive: true })
  const folder = await mkdtemp(join(options.tempFolder, 'people-'))
  try {
    const staged = await Promise.all(files.map((file, at) => stage(file.path, folder, `file${at}`, options.maxBytes ?? MAX_BYTES)))
    const usable = staged.flatMap((each, at) => ('fault' in each || files[at]?.asDay !== undefined ? [] : [each]))
    const duck = await openDuck(
      folder,
      usable.map(each => each.target),
      options.duck,
    )
    try {
      const reports: ReportReading[] = []
      for (const [at, { path }] of usable.entries()) {
        const found = await readHead(path, options)
        if (found.kind !== 'people') continue
        const where = { file: '', path, head: found.head, window: options.window, onDay: null, folder, name: `p${at}` }
        const report = await readReport(duck, where)
        if (report.source !== null) reports.push(report)
      }
      return await peopleOf(duck, reports, options)
    } finally {
      duck.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function peopleOf(duck: Duck, reports: readonly ReportReading[], options: PeopleOptions): Promise<PeopleReading> {
  const { service, window } = options
  const about = reports.filter(report => serviceIn(report, service) !== undefined)
  const open = about.filter(report => !report.concealed)
  const nothing = { service, champions: [], counted: null, dormant: null, never: null, licensed: null, asOf: null, source: [] }
  if (open.length === 0) return { ...nothing, why: about.length === 0 ? 'no-report' : 'concealed' }
  const counting = open.filter(report => report.layout.acts.length > 0 && serviceIn(report, service)?.columns.activityIs === 'last-day')
  const acts = newest(counting, true)
  const licences = newest(open.filter(report => tellsDormant(serviceIn(report, service))))
  const names =
    newest(open.filter(report => nameColumn(report) >= 0)) ?? newest(reports.filter(each => !each.concealed && nameColumn(each) >= 0))
  const champions = acts ? await championsOf(duck, acts, names, options) : []
  const counts = licences ? await dormantOf(duck, licences, options) : null
  const asked = [acts, licences].flatMap(each => each ?? [])
  return {
    service,
    why: null,
    champions,
    counted: acts ? countedIn(acts) : null,
    dormant: counts && bucketsOf(window).map((bucket, at) => ({ ...bucket, count: number(counts[`b${at}`]) })),
    never: counts && number(counts.never),
    licensed: counts && number(counts.licensed),
    asOf: newest(asked.length > 0 ? asked : open)?.refreshDate ?? null,
    source: USAGE_REPORTS.filter(report => asked.some(each => each.layout.report === report)),
  }
}

const serviceIn = (report: ReportReading, service: ServiceId) => report.layout.services.find(each => each.columns.service === service)
const tellsDormant = (service: ServiceLayout | undefined) => service?.licence != null && service.columns.activityIs === 'last-day'
const nameColumn = (report: ReportReading) => report.layout.names.indexOf('display name')
/** The newest; of several, the one over the longer period, which has more to count, where that is asked for. */
const newest = (reports: readonly ReportReading[], prefersLonger = false): ReportReading | undefined =>
  [...reports].sort(
    (a, b) =>
      (a.refreshDate === b.refreshDate ? 0 : (a.refreshDate ?? '') > (b.refreshDate ?? '') ? -1 : 1) ||
      (prefersLonger ? (b.period ?? 0) - (a.period ?? 0) : 0) ||
      USAGE_REPORTS.indexOf(a.layout.report) - USAGE_REPORTS.indexOf(b.layout.report),
  )[0]

const BOUNDS = [60, 90, 180]

/** The first begins a day after the window: for 28 days, 29 to 60. */
function bucketsOf(window: number): { from: number; to: number | null }[] {
  const ends = BOUNDS.filter(end => end > window)
  return [...ends, null].map((to, at) => ({ from: (at === 0 ? window : (ends[at - 1] ?? window)) + 1, to }))
}

/** Several rows of a person are one, as in every count: licensed if any says so, the last day of all. */
function peopleSql(report: ReportReading, service: ServiceId, more = ''): string {
  const source = sourceOf(report)
  const at = serviceIn(report, service)
  const { gone, person } = report.layout
  const isGone =
    gone === null
      ? 'false'
      : gone.is === 'flag'
        ? `coalesce(c${gone.column}, false)`
        : `coalesce(lower(trim(c${gone.column})) = 'deleted', false)`
  const licence = at?.licence === 'everyone' ? 'true' : typeof at?.licence === 'number' ? `c${at.licence}` : 'null::boolean'
  const key = `case when lower(c${person}) = '(unknown)' or c${person} is null then '(unknown) ' || row_number() over () else lower(c${person}) end`
  return `select ${key} as key, c${person} as person, ${licence} as licensed, c${at?.activity ?? 0} as day${more} from ${readCsv(source)} where not ${isGone}`
}

function sourceOf(report: ReportReading): Source {
  if (report.source === null) throw new Error('only reports with rows are asked for people')
  return report.source
}

async function dormantOf(duck: Duck, report: ReportReading, { service, window }: PeopleOptions): Promise<DuckRow> {
  const refresh = report.refreshDate ?? ''
  const buckets = bucketsOf(window).map(({ from, to }, at) => {
    // The refresh date is day 1 of the window, so a last day `n` days ago counts from n + 1.
    const latest = `last <= date ${text(dayAfter(refresh, 1 - from))}`
    return `count(*) filter (${latest}${to === null ? '' : ` and last >= date ${text(dayAfter(refresh, 1 - to))}`}) as b${at}`
  })
  return duck.row(`
with people as (select key, bool_or(licensed) as licensed, max(day) as last from (${peopleSql(report, service)}) group by key)
select count(*) as licensed, count(*) filter (last is null) as never, ${buckets.join(', ')} from people where licensed`)
}

async function championsOf(
  duck: Duck,
  report: ReportReading,
  named: ReportReading | undefined,
  { service, champions = 10 }: PeopleOptions,
): Promise<PeopleReading['champions']> {
  const acts = `, ${report.layout.acts.map(column => `coalesce(try_cast(c${column} as bigint), 0)`).join(' + ')} as acts`
  const names =
    named === undefined
      ? `select null::varchar as key, null::varchar as name where false`
      : `select lower(c${named.layout.person}) as key, max(c${nameColumn(named)}) as name from ${readCsv(sourceOf(named))} group by 1`
  const rows = await duck.rows(`
with people as (select key, min(person) as person, max(acts) as acts, max(day) as last from (${peopleSql(report, service, acts)}) group by key),
  names as (${names})
select 'u' || person as person, 'n' || names.name as name, acts, last::varchar as last from people left join names using (key)
where acts > 0 and last >= date ${text(sourceOf(report).since)} and key not like '(unknown)%' and not contains(key, '#ext#')
order by acts desc, last desc, person limit ${champions}`)
  // A letter in front keeps names of digits from being read as numbers.
  const plain = (value: DuckRow[string] | undefined) => (typeof value === 'string' && value.length > 1 ? value.slice(1) : null)
  return rows.map(row => ({
    user: plain(row.person) ?? '',
    name: plain(row.name),
    acts: number(row.acts),
    lastActivity: typeof row.last === 'string' ? row.last : null,
  }))
}

/** What the columns of acts mean, for who reads the number. */
const ACTS: Readonly<Partial<Record<ReportReading['layout']['report'], Text>>> = {
  getTeamsUserActivityUserDetail: {
    en: 'messages in channels and chats, calls and meetings',
    'pt-BR': 'mensagens em canais e chats, chamadas e reuniões',
  },
  getEmailActivityUserDetail: {
    en: 'mails sent and read, meetings created and answered; mails received are not acts',
    'pt-BR': 'e-mails enviados e lidos, reuniões criadas e respondidas; e-mails recebidos não são ações',
  },
  getOneDriveActivityUserDetail: {
    en: 'files viewed, edited and shared; files synchronised are not acts',
    'pt-BR': 'arquivos vistos, editados e compartilhados; arquivos sincronizados não são ações',
  },
  getSharePointActivityUserDetail: {
    en: 'files viewed, edited and shared, and pages visited; files synchronised are not acts',
    'pt-BR': 'arquivos vistos, editados e compartilhados, e páginas visitadas; arquivos sincronizados não são ações',
  },
  getYammerActivityUserDetail: { en: 'messages posted, read and liked', 'pt-BR': 'mensagens publicadas, lidas e curtidas' },
  getMicrosoft365CopilotUsageUserDetail: { en: 'prompts submitted', 'pt-BR': 'prompts enviados' },
  copilotUsageExport: { en: 'prompts submitted', 'pt-BR': 'prompts enviados' },
  getSkypeForBusinessActivityUserDetail: {
    en: 'sessions, and conferences organised and joined',
    'pt-BR': 'sessões e conferências organizadas ou com participação',
  },
}

/** Acts are of the report's period, whatever the window. */
function countedIn(report: ReportReading): Text | null {
  const what = ACTS[report.layout.report]
  if (what === undefined) return null
  const { period } = report
  return period === null ? what : { en: `${what.en} (${period} days)`, 'pt-BR': `${what['pt-BR']} (${period} dias)` }
}

const number = (value: DuckRow[string] | undefined) => (typeof value === 'number' ? value : 0)
