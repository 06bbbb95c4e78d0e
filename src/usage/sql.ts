import { text } from './duck.ts'
import type { Layout, ServiceLayout } from './header.ts'
import { APPS_PRODUCTS, LONGEST_PRODUCT } from './reports.ts'
import { columnsToCheck } from './row-check.ts'

/** A report to read: what its columns are, where its bytes are, and the days that count as the window. */
export type Source = Readonly<{
  layout: Layout
  path: string
  /** Lines before the first row. */
  skip: number
  /** First day of the window, `YYYY-MM-DD`; a later last day is active, also one after the refresh date. */
  since: string
  /** Only this day is active. */
  onDay: string | null
  /** Leave rows out that cannot be read instead of throwing. They are told by `survey`: DuckDB's own reject tables grow without bound. */
  skipsFaults: boolean
}>

/** Everything one pass over a file can tell, in one row; people are counted as if no row were repeated. */
export const statsOf = (source: Source): string => `
select count(*) as "rows", count_if(gone) as gone,
  min(refreshed)::varchar as refresh_min, max(refreshed)::varchar as refresh_max,
  count(distinct hash(key)) as keys, count_if(key is null) as nameless, count_if(key = ${UNKNOWN_KEY}) as unknown,
  count_if(case when length(key) = 32 then regexp_full_match(key, '[0-9a-f]{32}') else false end) as pseudonyms,
  ${source.layout.userId === null ? 'null' : `count_if(user_id = '00000000-0000-0000-0000-000000000000')`} as zero_ids,
  ${source.layout.period === null ? 'null, null' : 'min(period), max(period)'.replace(', ', ' as period_min, ')} as period_max,
  ${[...source.layout.services.map((service, at) => countsOf(service, at)), `${DOMAINS} as domains`].join(',\n  ')}
from (${rowsOf(source)})`

/** The mail domains of most rows, as a line of counts and domains in turn. Whatever is no domain stays here: it could be a name. */
const DOMAINS = `array_to_string(list_transform(list_reverse_sort(list_transform(
  list_filter(map_entries(histogram(case when not gone and contains(key, '@') and not contains(key, '#ext#') then split_part(key, '@', -1) end)),
    lambda e: regexp_full_match(e.key, '[a-z0-9-]{1,63}([.][a-z0-9-]{1,63}){1,9}')),
  lambda e: {users: e.value, domain: e.key}))[1:10], lambda e: e.users || ' ' || e.domain), ' ')`

/** As `domains` of `statsOf`, over people instead of rows, for files that have several rows of a person. */
export const domainsOf = (source: Source): string =>
  `select ${DOMAINS} as domains from (select key, bool_and(gone) as gone from (${rowsOf(source)}) group by key)`

/** One row per product that counts: people with it, those who ever activated it, those who did on a shared computer, and lines met. */
export function activationsOf(source: Source, of: NonNullable<Layout['activations']>): string {
  const devices = of.devices.map(column => `coalesce(try_cast(c${column} as bigint), 0) > 0`).join(' or ')
  const key = `coalesce(case when lower(c${source.layout.person}) = ${UNKNOWN_KEY} then null else lower(c${source.layout.person}) end, hash(row_number() over ())::varchar)`
  return `
with lines as (select ${key} as key, left(regexp_replace(upper(trim(c${of.product})), '[[:cntrl:]]', '', 'g'), ${LONGEST_PRODUCT}) as product, coalesce(c${of.shared}, false) as shared, ${devices} as activated from ${readCsv(source)}),
  people as (select key, product, bool_or(shared) as shared, bool_or(activated or shared) as activated from lines
    where ${APPS_PRODUCTS.map(name => `contains(lower(product), ${text(name)})`).join(' or ')} group by key, product)
select product, count(*) as assigned, count(*) filter (activated) as activated, count(*) filter (shared) as "sharedComputer"
from people group by product order by product limit 100`
}

const UNKNOWN_KEY = `'(unknown)'`

const countsOf = (service: ServiceLayout, at: number): string =>
  [
    `count_if(a${at}) as active_any${at}`,
    service.licence === null ? `null as assigned${at}` : `count_if(l${at}) as assigned${at}`,
    service.licence === null ? `null as active_licensed${at}` : `count_if(l${at} and a${at}) as active_licensed${at}`,
    service.columns.activityIs === 'last-day' ? `max(d${at})::varchar as latest${at}` : `null as latest${at}`,
  ].join(', ')

/**
 * A table of one file's rows: `key` (the person, null where nobody can be told apart), `row` (a fingerprint of
 * the whole line), `gone`, and per service `l` (licensed; null = the report does not say) and `a` (active).
 */
export const peopleTable = (name: string, source: Source): string => {
  const every = source.layout.names.map((_, column) => `c${column}`).join(', ')
  const services = source.layout.services.map((_, at) => `l${at}, a${at}`).join(', ')
  return `create temp table ${name} as select case when key = ${UNKNOWN_KEY} then null else key end as key, hash(${every}) as row, gone, ${services} from (${rowsOf(source, every)})`
}

/** Repeated lines of a table, and people gone, each counted once. Lines of people without a name are never called repeated. */
export const repeatsOf = (table: string): string => `
select count(*) - count(distinct (key, row)) as duplicates, count(distinct key) as people,
  count(distinct (key, row)) filter (gone) + (select count(*) from ${table} where key is null and gone) as gone, count(*) as named
from ${table} where key is not null`

/**
 * One service counted over people instead of rows. Several rows of a person, in one file or several, are one:
 * licensed if any row says so, active if any is. Rows that are gone count for nothing. People without a name
 * cannot be matched between files: the file with most of them counts, so that nobody counts twice.
 */
export function countPeople(parts: readonly Readonly<{ table: string; at: number }>[]): string {
  const rows = (part: { table: string; at: number }, where: string) =>
    `select key, l${part.at} as l, a${part.at} as a from ${part.table} where not gone and ${where}`
  const nameless = parts.map(part => `select ${TALLY} from (${rows(part, 'key is null')})`).join(' union all ')
  return `
with people as (select key, bool_or(l) as l, bool_or(a) as a from (${parts.map(part => rows(part, 'key is not null')).join(' union all ')}) group by key),
  named as (select ${TALLY} from people), nameless as (select max(assigned) as assigned, max(active_licensed) as active_licensed, max(active_any) as active_any from (${nameless}))
select named.assigned + nameless.assigned as assigned, named.active_licensed + nameless.active_licensed as active_licensed,
  named.active_any + nameless.active_any as active_any from named, nameless`
}
// `count_if` over no rows is null, not 0.
const TALLY = 'count(*) filter (l) as assigned, count(*) filter (l and a) as active_licensed, count(*) filter (a) as active_any'

/** The rows with the columns given a meaning; both flags of a service are false on a row that is gone. */
function rowsOf(source: Source, more?: string): string {
  const { layout } = source
  const gone = layout.gone === null ? null : goneOf(layout.gone)
  const unlessGone = (flag: string) => (gone === null ? flag : `case when ${gone} then false else ${flag} end`)
  const parts = [
    `lower(c${layout.person}) as key`,
    `${gone === null ? 'false' : `coalesce(${gone}, false)`} as gone`,
    `${layout.refresh === null ? `date ${text(layout.givenRefresh ?? '')}` : `c${layout.refresh}`} as refreshed`,
    ...(layout.userId === null ? [] : [`c${layout.userId} as user_id`]),
    ...(layout.period === null ? [] : [`c${layout.period} as period`]),
    ...layout.services.flatMap((service, at) => [
      service.licence === null
        ? `null::boolean as l${at}`
        : `${unlessGone(service.licence === 'everyone' ? 'true' : `c${service.licence}`)} as l${at}`,
      `${unlessGone(activeOf(service, source))} as a${at}`,
      ...(service.columns.activityIs === 'last-day' ? [`c${service.activity} as d${at}`] : []),
    ]),
    ...(more === undefined ? [] : [more]),
  ]
  return `select ${parts.join(', ')} from ${readCsv(source)}`
}

const goneOf = (gone: NonNullable<Layout['gone']>) => (gone.is === 'flag' ? `c${gone.column}` : `lower(trim(c${gone.column})) = 'deleted'`)

const activeOf = (service: ServiceLayout, { since, onDay }: Source) =>
  service.columns.activityIs === 'last-day'
    ? onDay === null
      ? `c${service.activity} >= date ${text(since)}`
      : `c${service.activity} = date ${text(onDay)}`
    : `lower(trim(c${service.activity})) not in ('', 'no', 'false', '0')`

/** Columns are named by position: whatever a header says never reaches SQL. A column's type is what its cells must be. */
export function readCsv({ layout, path, skip, skipsFaults }: Source): string {
  const checked = columnsToCheck(layout)
  const days = new Set([layout.refresh, ...checked.days])
  const flags = new Set(checked.flags)
  const columns = layout.names.map((_, at) => `c${at}: '${days.has(at) ? 'DATE' : flags.has(at) ? 'BOOLEAN' : 'VARCHAR'}'`)
  return `read_csv(${text(path)}, auto_detect = false, header = false, skip = ${skip}, delim = ${text(layout.delimiter)},
    quote = '"', escape = '"', strict_mode = true, ignore_errors = ${skipsFaults}, columns = {${columns.join(', ')}})`
}
