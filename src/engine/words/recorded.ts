import { OUTCOMES, PROGRAM_STATES, type Text } from '../../model/words.ts'
import { phrase } from '../phrases.ts'
import { type ProgramRef, UNKNOWN } from '../value.ts'
import type { World } from '../world.ts'
import { otherAnswers, otherMembers, used, type Word, type Words } from './word.ts'

/** What people decided and noted in Impulso itself: absent means that it did not happen. */

const ONEDRIVE: ProgramRef = { program: 'onedrive-adoption' }

export const PROGRAMS: Words<null> = {
  onedriveAdoption: { read: () => ONEDRIVE, evidence: () => ({ facts: [], says: [] }) },
}

/** `offered` = has ever been offered, also after the answer. */
export const PROGRAM: Words<ProgramRef> = {
  offered: program('offered', state => state !== undefined),
  agreed: program('agreed', state => state === 'agreed'),
  declined: program('declined', state => state === 'declined'),
}

type ProgramState = (typeof PROGRAM_STATES)[number]

function program(name: string, holds: (state: ProgramState | undefined) => boolean): Word<ProgramRef> {
  return {
    read: (of, world) => holds(world.history.programs[of.program]),
    evidence: (of, world) => {
      const state = world.history.programs[of.program]
      return {
        facts: [used(world, `program.onedriveAdoption.${name}`, `programs.${of.program}`, holds(state))],
        says: [PROGRAM_SAYS[state ?? 'none']],
      }
    },
    changes: (of, world) => otherMembers(`programs.${of.program}`, PROGRAM_STATES, world.history.programs[of.program], true),
  }
}

const PROGRAM_SAYS: Record<ProgramState | 'none', Text> = {
  none: phrase('the OneDrive adoption program has not been offered', 'o programa de adoção do OneDrive ainda não foi oferecido'),
  offered: phrase(
    'the customer has not answered the offer of the OneDrive adoption program',
    'o cliente ainda não respondeu à oferta do programa de adoção do OneDrive',
  ),
  agreed: phrase('the customer agreed to the OneDrive adoption program', 'o cliente aceitou o programa de adoção do OneDrive'),
  declined: phrase('the customer declined the OneDrive adoption program', 'o cliente recusou o programa de adoção do OneDrive'),
}

const heldOn = (world: World) => world.facts.review.meetingHeldOn ?? null

export const REVIEW: Words<null> = {
  meetingHeld: {
    read: (_, world) => isMeetingHeld(world),
    evidence: (_, world) => ({
      facts: [used(world, 'review.meetingHeld', 'review.meetingHeldOn', isMeetingHeld(world))],
      says: [
        isMeetingHeld(world)
          ? phrase('the review meeting was held on {on}', 'a reunião de revisão foi realizada em {on}', { on: heldOn(world) ?? '' })
          : phrase('the review meeting has not been held', 'a reunião de revisão ainda não foi realizada'),
      ],
    }),
    changes: (_, world) => [{ fact: 'review.meetingHeldOn', from: heldOn(world), to: isMeetingHeld(world) ? null : world.today }],
  },
  outcomes: {
    read: (_, world) => world.facts.review.outcomes,
    evidence: (_, world) => {
      const outcomes = world.facts.review.outcomes
      return {
        facts: [used(world, 'review.outcomes', 'review.outcomes', outcomes.join(', '))],
        says: [
          outcomes.length === 0
            ? phrase('the review has no outcome yet', 'a revisão ainda não tem resultado')
            : phrase('the outcome of the review is {en}', 'o resultado da revisão é {en}', { en: outcomeNames(outcomes) }),
        ],
      }
    },
    changes: (_, world) => {
      const now = world.facts.review.outcomes
      const from = now.join(', ') || null
      const more = OUTCOMES.filter(each => !now.includes(each)).map(each => [...now, each].join(', '))
      return [...more, ...(from === null ? [] : [null])].map(to => ({ fact: 'review.outcomes', from, to }))
    },
  },
  wantsMore: asked('wantsMore', [
    phrase('the customer wants to hear about more services', 'o cliente quer conhecer outros serviços'),
    phrase('the customer does not want to hear about more services', 'o cliente não quer conhecer outros serviços'),
    phrase(
      'the customer has not been asked whether it wants to hear about more services',
      'ainda não se perguntou ao cliente se quer conhecer outros serviços',
    ),
  ]),
  wantsUsageReports: asked('wantsUsageReports', [
    phrase('the customer wants to know more about usage reports', 'o cliente quer saber mais sobre os relatórios de uso'),
    phrase('the customer does not want to know more about usage reports', 'o cliente não quer saber mais sobre os relatórios de uso'),
    phrase(
      'the customer has not been asked whether it wants to know more about usage reports',
      'ainda não se perguntou ao cliente se quer saber mais sobre os relatórios de uso',
    ),
  ]),
  readyForMaintenance: asked('readyForMaintenance', [
    phrase('the customer is ready for maintenance', 'o cliente está pronto para a manutenção'),
    phrase('the customer is not ready for maintenance', 'o cliente não está pronto para a manutenção'),
    phrase('it is not known whether the customer is ready for maintenance', 'não se sabe se o cliente está pronto para a manutenção'),
  ]),
}

/** A meeting planned for later has not been held. */
export const isMeetingHeld = (world: World): boolean => {
  const on = heldOn(world)
  return on !== null && on <= world.today
}

function asked(name: 'wantsMore' | 'wantsUsageReports' | 'readyForMaintenance', [yes, no, open]: readonly [Text, Text, Text]): Word<null> {
  const fact = `review.${name}`
  return {
    read: (_, world) => world.facts.review[name] ?? UNKNOWN,
    evidence: (_, world) => {
      const answer = world.facts.review[name]
      return {
        facts: [used(world, fact, fact, answer, { why: answer === undefined ? 'not-asked' : null })],
        says: [answer === undefined ? open : answer ? yes : no],
      }
    },
    changes: (_, world) => otherAnswers(fact, world.facts.review[name]),
  }
}

const OUTCOME_NAMES: Record<(typeof OUTCOMES)[number], readonly [string, string]> = {
  'business-value-discussion': ['business value discussions', 'conversas sobre valor de negócio'],
  'activate-workloads': ['more workloads enabled', 'novos serviços habilitados'],
  'transition-to-csm': ['handover to the CSM', 'transferência ao CSM'],
  disengage: ['the customer disengages', 'encerramento pelo cliente'],
}

const outcomeNames = (outcomes: readonly (typeof OUTCOMES)[number][]): Text => ({
  en: outcomes.map(each => OUTCOME_NAMES[each][0]).join(' + '),
  'pt-BR': outcomes.map(each => OUTCOME_NAMES[each][1]).join(' + '),
})

export const HISTORY: Words<null> = {
  measuringSuccessDiscussed: {
    read: (_, world) => world.history.history.measuringSuccessDiscussed,
    evidence: (_, world) => {
      const discussed = world.history.history.measuringSuccessDiscussed
      const fact = 'history.measuringSuccessDiscussed'
      return {
        facts: [used(world, fact, fact, discussed)],
        says: [
          discussed
            ? phrase('measuring success has been discussed before', 'a medição do sucesso já foi discutida')
            : phrase('measuring success has not been discussed before', 'a medição do sucesso ainda não foi discutida'),
        ],
      }
    },
    changes: (_, world) => yesOrNo('history.measuringSuccessDiscussed', world.history.history.measuringSuccessDiscussed),
  },
}

export const SURVEY: Words<null> = {
  completed: {
    read: (_, world) => world.history.survey.completed,
    evidence: (_, world) => ({
      facts: [used(world, 'survey.completed', 'survey.completed', world.history.survey.completed)],
      says: [
        world.history.survey.completed
          ? phrase('the customer has answered the survey', 'o cliente respondeu à pesquisa')
          : phrase('the customer has not answered the survey', 'o cliente ainda não respondeu à pesquisa'),
      ],
    }),
    changes: (_, world) => yesOrNo('survey.completed', world.history.survey.completed),
  },
}

const yesOrNo = (fact: string, now: boolean) => [{ fact, from: now, to: !now }]
