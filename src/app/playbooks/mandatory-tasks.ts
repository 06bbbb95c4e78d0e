import type { Playbook } from '../../model/playbook.ts'

/** `process/step/task` of the tasks that the playbook makes mandatory. */
export const mandatoryTasks = (playbook: Playbook): readonly string[] =>
  playbook.processes.flatMap(process =>
    process.steps.flatMap(step => step.tasks.filter(task => task.mandatory === true).map(task => `${process.id}/${step.id}/${task.id}`)),
  )
