import type { Block } from '../../model/deck.ts'
import type { PlanItem } from '../../model/plan.ts'
import type { Day } from '../../model/words.ts'
import { oneLine } from '../clean.ts'
import type { Teller } from '../teller.ts'
import { column, words as say, table } from './blocks.ts'

type Done = Readonly<{ what: string; services: readonly string[]; on: Day | null; isShownByData: boolean }>

/** Items of the plan that are done, what was delivered beside it, and the meetings held. */
export function deliveredBlocks(teller: Teller): readonly Block[] {
  const { words, formats } = teller
  const done = [...planned(teller), ...beside(teller)]
  const held = meetings(teller)
  if (done.length === 0) return [...held, say(words('delivered.none'))]
  const columns = [column(words('column.what'), 52), column(words('column.for'), 28), column(words('column.on'), 20)]
  const shownDay = ({ on, isShownByData }: Done) =>
    on === null ? words(isShownByData ? 'delivered.shownByData' : 'notRecorded') : formats.day(on)
  return [
    ...held,
    ...table(
      columns,
      done.map(each => [
        each.what,
        each.services.length === 0 ? words('delivered.allServices') : formats.list(each.services),
        shownDay(each),
      ]),
    ),
  ]
}

/** One line per task or step and day, with all services it is done for. */
function planned(teller: Teller): readonly Done[] {
  const { input, say: told, serviceName } = teller
  const byLine = new Map<string, Done>()
  for (const process of input.playbook.processes) {
    const planOf = input.plan.processes.find(each => each.id === process.id)
    for (const step of process.steps) {
      for (const item of planOf?.steps.find(each => each.id === step.id)?.items ?? []) {
        if (item.state !== 'done') continue
        const what = told(step.tasks.find(task => task.id === item.task)?.title ?? step.title)
        const mark = markOf(teller, `${process.id}/${step.id}`, item)
        const on = mark?.on ?? null
        const key = `${process.id}/${step.id}/${item.task}/${on}`
        const services = item.service === null ? [] : [serviceName(item.service)]
        const before = byLine.get(key)
        byLine.set(key, { what, services: [...(before?.services ?? []), ...services], on, isShownByData: mark === undefined })
      }
    }
  }
  return [...byLine.values()]
}

/** What a person set; undefined when the data alone says that it is done. */
const markOf = ({ input }: Teller, step: string, { task, service }: PlanItem) =>
  task === null
    ? input.history.steps.find(each => each.step === step && each.service === service && each.status === 'complete')
    : input.history.tasks.find(each => each.id === task && each.service === service && each.status === 'complete')

const beside = ({ input, serviceName }: Teller): readonly Done[] =>
  (input.extras.delivered ?? []).map(({ what, service, on }) => ({
    what: oneLine(what),
    services: service === null ? [] : [serviceName(service)],
    on,
    isShownByData: false,
  }))

/** Nothing where the meetings were not looked at: 0 would be a claim. */
function meetings({ input, words, formats, figure }: Teller): readonly Block[] {
  const held = input.extras.meetings?.filter(each => each.on <= input.plan.date).toSorted((one, other) => (one.on < other.on ? -1 : 1))
  if (held === undefined) return []
  const [what, value] = [words('delivered.meetings'), formats.count(held.length)]
  figure({ what, value, source: words('sources.record'), asOf: input.plan.date })
  const last = held.at(-1)
  const lastOne = last ? ` ${words('delivered.lastMeeting', { what: oneLine(last.what), day: formats.day(last.on) })}` : ''
  return [say(`${what}: ${value}.${lastOne}`)]
}
