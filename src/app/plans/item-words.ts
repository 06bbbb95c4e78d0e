import type { Playbook } from '../../model/playbook.ts'
import type { Text } from '../../model/words.ts'

/** What the playbook says of an item by its id, `process/step/task@service`. */
function partsOf(playbook: Playbook, id: string) {
  const [path = '', service] = id.split('@')
  const [processId, stepId, taskId] = path.split('/')
  const step = playbook.processes.find(each => each.id === processId)?.steps.find(each => each.id === stepId)
  return { step, task: step?.tasks.find(each => each.id === taskId), service }
}

/** The title of its task or step and the service, in the languages of the playbook; the id where the playbook has none. */
export function itemTitle(playbook: Playbook, id: string): Text {
  const { step, task, service } = partsOf(playbook, id)
  const name = playbook.services.find(each => each.id === service)?.name
  const title = task?.title ?? step?.title
  if (!title) return { en: id }
  return Object.fromEntries(
    Object.entries(title).map(([locale, text]) => [
      locale,
      service === undefined ? text : `${text} (${name?.[locale] ?? name?.en ?? service})`,
    ]),
  )
}

/** Who should do it, by the playbook; null when it does not say. */
export function roleOfItem(playbook: Playbook, id: string): string | null {
  const { step, task } = partsOf(playbook, id)
  return task?.role ?? step?.role ?? null
}
