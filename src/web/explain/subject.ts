import type { PlanView } from '../../model/api.ts'
import { type Because, shownTransition } from '../../model/plan.ts'
import type { Text } from '../../model/words.ts'

/** What an explanation is about: `of` is the family of words for its state, `title` its name in the playbook. */
export type Subject = { kind: string; id: string; of: string; state: string; title: Text; service: string | null; because: Because }

/** `kind:id` of the address into the part of the plan it names; undefined when the plan has no such part (any more). */
export function findSubject({ plan, playbook }: PlanView, text: string): Subject | undefined {
  const kind = text.slice(0, text.indexOf(':'))
  const id = text.slice(kind.length + 1)
  const whole = (of: string, state: string, title: Text, because: Because, service: string | null = null): Subject => ({
    kind,
    id,
    of,
    state,
    title,
    service,
    because,
  })
  switch (kind) {
    case 'gate': {
      const gate = plan.gates.find(each => each.id === id)
      return gate && whole('gate', gate.state, playbook.gates.find(each => each.id === id)?.name ?? { en: id }, gate.because)
    }
    case 'item': {
      const item = plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).find(each => each.id === id)
      return item && whole('state', item.state, itemTitle(playbook, id, item.task), item.because, item.service)
    }
    case 'process': {
      const process = plan.processes.find(each => each.id === id)
      return (
        process && whole('process', process.state, playbook.processes.find(each => each.id === id)?.title ?? { en: id }, process.because)
      )
    }
    case 'check': {
      const checks = plan.processes.flatMap(({ id: process, checklists }) =>
        [...checklists.inputs, ...checklists.outputs].map(check => ({ key: `${process}/${check.id}`, check })),
      )
      const check = checks.find(each => each.key === id)?.check
      return check && whole('gate', check.state, check.text, check.because)
    }
    case 'proposal': {
      const proposal = plan.proposals.find(each => each.id === id)
      return proposal && whole('proposal', proposal.state, proposal.because.text, proposal.because)
    }
    case 'transition': {
      const transition = plan.transitions.find(each => each.to === id)
      return (
        transition &&
        whole(
          'transition',
          shownTransition(transition),
          playbook.processes.find(each => each.id === id)?.title ?? { en: id },
          transition.because,
        )
      )
    }
    case 'warning': {
      const warning = plan.warnings.find(each => warningKey(each) === id)
      return warning && whole('warning', warning.code, warning.because.text, warning.because, warning.service)
    }
    default:
      return id === 'overall' || kind === 'overall'
        ? whole('overall', plan.overall.state, plan.overall.because.text, plan.overall.because)
        : undefined
  }
}

export const warningKey = (warning: { code: string; service: string | null }) =>
  warning.service ? `${warning.code}@${warning.service}` : warning.code

/** The title of an item's task, or of its step when it has none. */
export function itemTitle(playbook: PlanView['playbook'], itemId: string, task: string | null): Text {
  const [process, step] = (itemId.split('@')[0] ?? '').split('/')
  const found = playbook.processes.find(each => each.id === process)?.steps.find(each => each.id === step)
  return (task ? found?.tasks.find(each => each.id === task)?.title : found?.title) ?? { en: task ?? itemId }
}
