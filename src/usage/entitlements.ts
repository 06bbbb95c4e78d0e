import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { SERVICES, type ServiceId } from '../model/services.ts'
import type { UsageProblem } from '../model/usage.ts'
import { cellsOf } from './cells.ts'

export type Entitlements = Readonly<{ seats: Readonly<Record<ServiceId, number>>; problems: readonly UsageProblem[] }>

type Entry = Readonly<{ service: string; seats: string; line: number }>

/**
 * Entitled seats per service: CSV with the columns `service,entitled` (or `;`, or tab) or a YAML map.
 * A service may go by its id or any of its names. What cannot be read is a problem with its line.
 */
export function parseEntitlements(text: string, file: string): Entitlements {
  const body = text.replace(/^\uFEFF/, '')
  const problems: UsageProblem[] = []
  const fault = (code: string, message: string, line: number | null) => problems.push({ code, severity: 'error', message, file, line })
  const seats: Record<ServiceId, number> = {}
  for (const { service: name, seats: written, line } of csvEntries(body, fault) ?? yamlEntries(body, fault)) {
    const service = SERVICE_BY_NAME.get(plainName(name))
    if (service === undefined) fault('unknown-service', `there is no service ${JSON.stringify(name)}; services are ${IDS}`, line)
    else if (service in seats) fault('repeated-service', `${service} stands there twice`, line)
    else if (!/^\d{1,12}$/.test(written))
      fault('bad-seats', `${service} has ${JSON.stringify(written)} seats, expected a whole number`, line)
    else seats[service] = Number(written)
  }
  return { seats, problems }
}

type Fault = (code: string, message: string, line: number | null) => void

/** Null when the text does not begin like the CSV. */
function csvEntries(text: string, fault: Fault): Entry[] | null {
  const lines = text.split(/\r?\n/)
  const head = lines.findIndex(line => line.trim() !== '')
  const delimiter = [',', ';', '\t'].find(each => (lines[head] ?? '').includes(each))
  const names = delimiter === undefined ? undefined : cellsOf(lines[head] ?? '', delimiter)?.map(name => name.trim().toLowerCase())
  if (delimiter === undefined || !names?.includes('service') || !names.includes('entitled')) return null
  const entries: Entry[] = []
  for (const [at, line] of lines.entries()) {
    if (at <= head || line.trim() === '') continue
    const cells = cellsOf(line, delimiter)
    if (cells?.length !== names.length) fault('bad-row', `expected ${names.length} cells`, at + 1)
    else
      entries.push({
        service: (cells[names.indexOf('service')] ?? '').trim(),
        seats: (cells[names.indexOf('entitled')] ?? '').trim(),
        line: at + 1,
      })
  }
  return entries
}

function yamlEntries(text: string, fault: Fault): Entry[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  const lineOf = (range: readonly number[] | null | undefined) => (range?.[0] === undefined ? null : lines.linePos(range[0]).line)
  for (const error of document.errors) fault('bad-yaml', error.message.split('\n', 1)[0] ?? error.code, lineOf(error.pos))
  if (document.errors.length > 0) return []
  if (!isMap(document.contents)) {
    fault('bad-entitlements', 'expected CSV with the columns service,entitled or a YAML map of service to seats', 1)
    return []
  }
  return document.contents.items.map(({ key, value }) => ({
    service: isScalar(key) ? String(key.value) : '',
    seats: isScalar(value) ? String(value.value) : 'something else than a number of',
    line: (isScalar(key) ? lineOf(key.range) : null) ?? 1,
  }))
}

/** Without case, accents and spaces. */
const plainName = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase()

const SERVICE_BY_NAME: ReadonlyMap<string, ServiceId> = new Map(
  SERVICES.flatMap(({ id, aliases }) => [id, ...aliases].map(name => [plainName(name), id] as const)),
)
const IDS = SERVICES.flatMap(each => (each.countsUsage ? [each.id] : [])).join(', ')
