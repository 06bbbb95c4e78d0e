import { gateMet, itemsOfTask, taskDone } from '../answers.ts'
import { phrase } from '../phrases.ts'
import { decisive, prove } from '../prove.ts'
import { statusPath } from '../statuses.ts'
import { type GateRef, type TaskRef, UNKNOWN, type Value } from '../value.ts'
import { notesOf, type World } from '../world.ts'
import { used, type Words } from './word.ts'

/** Words that lead to other rules: a gate's condition, and whether a task is done. */

const known = (value: Value): boolean | null => (value === UNKNOWN ? null : value === true)

export const GATE: Words<GateRef> = {
  met: {
    read: (of, world) => gateMet(world, of.gate),
    evidence: (of, world) => {
      const met = known(gateMet(world, of.gate))
      const fact = used(world, `gate.${of.gate}.met`, null, met, { why: met === null ? 'undecided' : null })
      const gate = world.book.gates.get(of.gate)
      // A gate whose rule leads back to itself has no proof to quote.
      const { proving } = notesOf(world)
      if (!gate || proving.has(of.gate)) return { facts: [fact], says: [] }
      proving.add(of.gate)
      const trace = prove(world, gate.rule.expression, gate.rule.source, null)
      proving.delete(of.gate)
      return { facts: [fact], says: decisive(trace), traces: [trace] }
    },
  },
}

export const TASK: Words<TaskRef> = {
  done: {
    read: (of, world) => taskDone(world, of.task, of.service),
    evidence: (of, world) => {
      const done = known(taskDone(world, of.task, of.service))
      const path = pathOf(of, world)
      return {
        facts: [used(world, `task.${of.task}.done`, path, done, { why: done === null ? 'undecided' : null })],
        says: [
          done === null
            ? phrase('it is not known whether task {task} is complete', 'não se sabe se a tarefa {task} está concluída', { task: of.task })
            : done
              ? phrase('task {task} is complete', 'a tarefa {task} está concluída', { task: of.task })
              : phrase('task {task} is not complete', 'a tarefa {task} não está concluída', { task: of.task }),
        ],
      }
    },
    changes: (of, world) => {
      const [first] = itemsOfTask(world, of.task, of.service)
      const from = first?.status?.status ?? null
      const to = taskDone(world, of.task, of.service) === true ? 'not-started' : 'complete'
      return from === to ? [] : [{ fact: `${pathOf(of, world)}.status`, from, to }]
    },
  },
}

function pathOf(of: TaskRef, world: World): string {
  const [first] = itemsOfTask(world, of.task, of.service)
  return statusPath(of.task, first?.service ?? null)
}
