import { CsvError, parse } from 'csv-parse/sync'
import type { ReadingsImport } from '../../model/success-plan-api.ts'
import { Day, type Text } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'

export type FileReading = Readonly<{ line: number; metric: string; day: Day; value: number }>
type Fault = ReadingsImport['errors'][number]

const COLUMNS = ['metric', 'day', 'value'] as const
/** More is no file that somebody looked at. */
const MOST_ROWS = 5000
const MOST_FAULTS = 200

/**
 * A CSV of readings: columns `metric` (id or name), `day` (YYYY-MM-DD), `value` (point for decimals), in any order, separated by comma,
 * semicolon or tab. What cannot be read is a fault with its line; other columns are left alone.
 */
export function readReadings(
  text: string,
  metrics: readonly Row<'metric'>[],
  today: Day,
): Readonly<{ rows: number; readings: readonly FileReading[]; faults: readonly Fault[] }> {
  const table = tableOf(text)
  if ('fault' in table) return { rows: 0, readings: [], faults: [table.fault] }
  const faults: Fault[] = []
  const readings = new Map<string, FileReading>()
  for (const { line, cells } of table.rows) {
    const read = readingOf(cells, metrics, today)
    const key = 'fault' in read ? '' : `${read.day} ${read.metric}`
    const earlier = readings.get(key)
    if ('fault' in read) faults.push({ line, message: read.fault })
    else if (earlier) {
      const message = say(`the same metric and day as line ${earlier.line}`, `mesma métrica e mesmo dia da linha ${earlier.line}`)
      faults.push({ line, message })
    } else readings.set(key, { line, ...read })
    if (faults.length >= MOST_FAULTS) break
  }
  return { rows: table.rows.length, readings: [...readings.values()], faults }
}

type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>
type Table = Readonly<{ rows: readonly Readonly<{ line: number; cells: Cells }>[] }> | Readonly<{ fault: Fault }>

function tableOf(text: string): Table {
  let records: readonly Readonly<{ record: string[]; info: { lines: number } }>[]
  try {
    // With `info` each record comes with the line it ends on; the types of the library speak of records alone.
    records = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'].find(each => text.split(/\r?\n/, 1)[0]?.includes(each)) ?? ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as never
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return {
      fault: { line, message: say('this is no CSV: a quote is open or in the wrong place', 'não é CSV: aspas abertas ou fora do lugar') },
    }
  }
  const [head, ...rest] = records
  const names = head?.record.map(name => name.toLowerCase()) ?? []
  const missing = COLUMNS.filter(name => !names.includes(name))
  if (missing.length > 0) {
    const message = say(
      `the first line lacks ${missing.join(', ')}; it names the columns metric, day, value`,
      `a primeira linha não tem ${missing.join(', ')}; ela nomeia as colunas metric, day, value`,
    )
    return { fault: { line: 1, message } }
  }
  if (rest.length > MOST_ROWS) {
    const message = say(`more than ${MOST_ROWS} rows; take several files`, `mais de ${MOST_ROWS} linhas; use vários arquivos`)
    return { fault: { line: MOST_ROWS + 2, message } }
  }
  const cell = (record: readonly string[], name: (typeof COLUMNS)[number]) => record[names.indexOf(name)] ?? ''
  return {
    rows: rest.map(({ record, info }) => ({
      line: info.lines,
      cells: { metric: cell(record, 'metric'), day: cell(record, 'day'), value: cell(record, 'value') },
    })),
  }
}

function readingOf(cells: Cells, metrics: readonly Row<'metric'>[], today: Day): Omit<FileReading, 'line'> | Readonly<{ fault: Text }> {
  const named = metrics.filter(each => each.id === cells.metric || each.name.toLowerCase() === cells.metric.toLowerCase())
  const metric = named.find(each => each.id === cells.metric) ?? named[0]
  if (!metric) return { fault: say(`there is no metric ${quoted(cells.metric)}`, `não há métrica ${quoted(cells.metric)}`) }
  if (metric.id !== cells.metric && named.length > 1)
    return {
      fault: say(
        `several metrics are called ${quoted(cells.metric)}; use the id`,
        `várias métricas se chamam ${quoted(cells.metric)}; use o id`,
      ),
    }
  if (metric.kind === 'usage')
    return {
      fault: say(
        `${quoted(cells.metric)} is read from usage; it takes no readings`,
        `${quoted(cells.metric)} vem do uso; não recebe leituras`,
      ),
    }
  const day = Day.safeParse(cells.day)
  if (!day.success)
    return { fault: say(`day is ${quoted(cells.day)}, expected YYYY-MM-DD`, `day é ${quoted(cells.day)}, esperado AAAA-MM-DD`) }
  if (day.data > today) return { fault: say(`${day.data} is in the future`, `${day.data} está no futuro`) }
  // As written by a program: no separators of thousands, which differ with the language.
  if (!/^[+-]?\d{1,12}(\.\d{1,10})?$/.test(cells.value)) {
    return {
      fault: say(
        `value is ${quoted(cells.value)}, expected a number such as 1234.5`,
        `value é ${quoted(cells.value)}, esperado um número como 1234.5`,
      ),
    }
  }
  return { metric: metric.id, day: day.data, value: Number(cells.value) }
}

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
const say = (en: string, pt: string): Text => ({ en, 'pt-BR': pt })
