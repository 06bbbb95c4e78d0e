import { SEGMENTS } from '../../model/choices.ts'
import { INITIATIVES } from '../../model/words.ts'
import { dayNumber, dayOf } from '../day-numbers.ts'
import { phrase } from '../phrases.ts'
import { UNKNOWN } from '../value.ts'
import type { World } from '../world.ts'
import { type Change, otherAnswers, otherMembers, textsIn, used, type Word, type Words } from './word.ts'

export const CUSTOMER: Words<null> = {
  segment: {
    read: (_, world) => world.facts.customer.segment ?? UNKNOWN,
    evidence: (_, world) => {
      const { segment } = world.facts.customer
      return {
        facts: [used(world, 'customer.segment', 'customer.segment', segment)],
        says: [
          segment
            ? phrase('the customer is in the segment {segment}', 'o cliente é do segmento {segment}', { segment })
            : phrase('the segment of the customer is not known', 'o segmento do cliente não é conhecido'),
        ],
      }
    },
    changes: (_, world) => otherMembers('customer.segment', SEGMENTS, world.facts.customer.segment, true),
  },
  initiatives: {
    read: (_, world) => world.facts.customer.initiatives,
    evidence: (_, world) => {
      const initiatives = world.facts.customer.initiatives.join(', ')
      return {
        facts: [used(world, 'customer.initiatives', 'customer.initiatives', initiatives)],
        says: [
          initiatives
            ? phrase('the initiative of the customer is {initiatives}', 'a iniciativa do cliente é {initiatives}', { initiatives })
            : phrase('the customer has no initiative', 'o cliente não tem iniciativa'),
        ],
      }
    },
    changes: (_, world) => {
      const now = world.facts.customer.initiatives
      return INITIATIVES.filter(each => !now.includes(each)).map(to => ({
        fact: 'customer.initiatives',
        from: now.join(', ') || null,
        to: [...now, to].join(', '),
      }))
    },
  },
  assignedOn: {
    ...aDay('customer.assignedOn', world => world.facts.customer.assignedOn),
    evidence: (_, world) => {
      const on = world.facts.customer.assignedOn
      return {
        facts: [used(world, 'customer.assignedOn', 'customer.assignedOn', on)],
        says: [
          on
            ? phrase('the customer is assigned as of {on}', 'o cliente está atribuído desde {on}', { on })
            : phrase('it is not known when the customer was assigned', 'não se sabe quando o cliente foi atribuído'),
        ],
      }
    },
  },
}

export const CSM: Words<null> = {
  assigned: {
    read: (_, world) => world.facts.csm?.assigned ?? UNKNOWN,
    evidence: (_, world) => {
      const assigned = world.facts.csm?.assigned
      return { facts: [used(world, 'csm.assigned', 'csm.assigned', assigned)], says: [csmSay(assigned)] }
    },
    changes: (_, world) => otherAnswers('csm.assigned', world.facts.csm?.assigned),
  },
  since: {
    ...aDay('csm.since', world => world.facts.csm?.since),
    evidence: (_, world) => {
      const since = world.facts.csm?.since
      return {
        facts: [used(world, 'csm.since', 'csm.since', since)],
        says: [
          since
            ? phrase('the CSM is assigned since {since}', 'o CSM está atribuído desde {since}', { since })
            : phrase('it is not known since when a CSM is assigned', 'não se sabe desde quando há um CSM atribuído'),
        ],
      }
    },
  },
}

export const THRESHOLDS: Words<null> = {
  activeUsagePercent: threshold('activeUsagePercent'),
  usageMaxAgeDays: threshold('usageMaxAgeDays'),
  metricMaxAgeDays: threshold('metricMaxAgeDays'),
  acceleratorAfterDays: threshold('acceleratorAfterDays'),
}

/** Settings are quoted, but changing one is no answer to "what would change this". */
function threshold(name: keyof World['thresholds']): Word<null> {
  return {
    read: (_, world) => world.thresholds[name],
    evidence: (_, world) => {
      const path = world.facts.thresholds[name] === undefined ? null : `thresholds.${name}`
      return { facts: [used(world, `thresholds.${name}`, path, world.thresholds[name])], says: [] }
    },
  }
}

function csmSay(assigned: boolean | undefined) {
  if (assigned === undefined) return phrase('it is not known whether a CSM is assigned', 'não se sabe se há um CSM atribuído')
  return assigned ? phrase('the CSM is assigned', 'o CSM está atribuído') : phrase('no CSM is assigned', 'não há CSM atribuído')
}

function aDay(fact: string, dayIn: (world: World) => string | undefined): Pick<Word<null>, 'read' | 'changes'> {
  return {
    read: (_, world) => dayIn(world) ?? UNKNOWN,
    changes: (_, world, against) => {
      const now = dayIn(world) ?? null
      const around = textsIn(against).flatMap(day => [-1, 0, 1].map(step => dayOf(dayNumber(day) + step)))
      const changes: Change[] = around.filter(to => to !== undefined && to !== now).map(to => ({ fact, from: now, to: to ?? null }))
      return now === null ? changes : [...changes, { fact, from: now, to: null }]
    },
  }
}
