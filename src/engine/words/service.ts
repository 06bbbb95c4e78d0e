import { ACCELERATOR_STATES, type Day, HANDSHAKES, type Text } from '../../model/words.ts'
import { dayNumber, dayOf, daysBetween } from '../day-numbers.ts'
import { phrase } from '../phrases.ts'
import { type ListedService, UNKNOWN } from '../value.ts'
import { nameOf, thresholdOf, type World } from '../world.ts'
import { bothSides, type Change, numbersIn, otherMembers, textsIn, used, type Words } from './word.ts'

const path = (service: ListedService, name: string) => `services.${service.id}.${name}`

export const SERVICE: Words<ListedService> = {
  id: {
    read: service => service.id,
    evidence: (service, world) => ({ facts: [used(world, 'service.id', null, service.id)], says: [] }),
  },
  family: {
    read: service => (service.def ? (service.def.family ?? '') : UNKNOWN),
    evidence: (service, world) => ({
      facts: [used(world, 'service.family', null, service.def ? (service.def.family ?? '') : null)],
      says: [familySay(service)],
    }),
  },
  intended: {
    read: service => service.facts.intended,
    evidence: (service, world) => ({
      facts: [used(world, 'service.intended', path(service, 'intended'), service.facts.intended)],
      says: [
        service.facts.intended
          ? phrase('the customer means to use {service}', 'o cliente pretende usar {service}', { service: nameOf(service) })
          : phrase('the customer does not mean to use {service}', 'o cliente não pretende usar {service}', { service: nameOf(service) }),
      ],
    }),
    changes: service => [{ fact: path(service, 'intended'), from: service.facts.intended, to: !service.facts.intended }],
  },
  entitled: {
    read: service => service.facts.entitled ?? UNKNOWN,
    evidence: (service, world) => ({
      facts: [used(world, 'service.entitled', path(service, 'entitled'), service.facts.entitled)],
      says: [
        service.facts.entitled === undefined
          ? phrase('the seats of {service} are not known', 'as licenças de {service} não são conhecidas', { service: nameOf(service) })
          : phrase('{service} has {seats} seats', '{service} tem {seats} licenças', {
              service: nameOf(service),
              seats: service.facts.entitled,
            }),
      ],
    }),
    changes: (service, _, against) => bothSides(path(service, 'entitled'), service.facts.entitled, numbersIn(against)),
  },
  activated: {
    read: (service, world) => {
      const on = service.facts.activatedOn
      return on === undefined ? UNKNOWN : on !== null && on <= world.today
    },
    evidence: (service, world) => {
      const on = service.facts.activatedOn
      const facts = [used(world, 'service.activated', path(service, 'activatedOn'), on === undefined ? null : isActivated(service, world))]
      if (on) facts.push(used(world, 'service.activatedOn', path(service, 'activatedOn'), on))
      return { facts, says: [activationSay(service, world)] }
    },
    changes: activations,
  },
  activatedOn: {
    read: service => service.facts.activatedOn ?? UNKNOWN,
    evidence: (service, world) => ({
      facts: [used(world, 'service.activatedOn', path(service, 'activatedOn'), service.facts.activatedOn)],
      says: [activationSay(service, world)],
    }),
    changes: (service, world, against) => [...activations(service, world), ...daysAround(service, textsIn(against).map(dayNumber))],
  },
  /** 0 until it is activated. */
  daysActive: {
    read: daysActive,
    evidence: (service, world) => {
      const days = daysActive(service, world)
      return {
        facts: [
          used(world, 'service.daysActive', null, days === UNKNOWN ? null : days),
          used(world, 'service.activatedOn', path(service, 'activatedOn'), service.facts.activatedOn),
        ],
        says: [
          days === UNKNOWN || days === 0
            ? activationSay(service, world)
            : phrase('{service} has been active for {days} days', '{service} está ativo há {days} dias', {
                service: nameOf(service),
                days,
              }),
        ],
      }
    },
    changes: (service, world, against) => [
      ...activations(service, world),
      ...daysAround(
        service,
        numbersIn(against).map(days => dayNumber(world.today) - Math.floor(days)),
      ),
    ],
  },
  usage: { read: service => service, evidence: () => ({ facts: [], says: [] }) },
  threshold: {
    read: (service, world) => thresholdOf(world, service),
    evidence: (service, world) => ({
      facts: [used(world, 'service.threshold', thresholdPath(service, world), thresholdOf(world, service))],
      says: [],
    }),
  },
  /** Nobody is the empty text: known, and nobody's name. */
  owner: {
    read: service => (service.facts.owner === undefined ? UNKNOWN : (service.facts.owner ?? '')),
    evidence: (service, world) => ({
      facts: [used(world, 'service.owner', path(service, 'owner'), service.facts.owner === null ? '' : service.facts.owner)],
      says: [ownerSay(service)],
    }),
    changes: (service, _, against) =>
      textsIn(against).map(to => ({ fact: path(service, 'owner'), from: service.facts.owner ?? null, to: to === '' ? null : to })),
  },
  handshake: {
    read: service => service.facts.handshake ?? 'none',
    evidence: (service, world) => ({
      facts: [used(world, 'service.handshake', path(service, 'handshake'), service.facts.handshake ?? 'none')],
      says: [HANDSHAKE_SAYS[service.facts.handshake ?? 'none'](nameOf(service))],
    }),
    changes: service => otherMembers(path(service, 'handshake'), HANDSHAKES, service.facts.handshake ?? 'none', false),
  },
}

/** Where the target in force is written in the facts file; null when the playbook sets it. */
const thresholdPath = (service: ListedService, world: World) =>
  service.facts.threshold !== undefined
    ? path(service, 'threshold')
    : world.facts.thresholds.activeUsagePercent === undefined
      ? null
      : 'thresholds.activeUsagePercent'

const acceleratorOf = (service: ListedService, world: World) =>
  // A service may be called `constructor` for all we know.
  Object.hasOwn(world.history.accelerators, service.id) ? (world.history.accelerators[service.id] ?? 'none') : 'none'

const recordedState = (state: string) => (state === 'none' ? undefined : state)

const accelerator = (name: string, holds: (state: string) => boolean | string): Words<ListedService>[string] => ({
  read: (service, world) => holds(acceleratorOf(service, world)),
  evidence: (service, world) => ({
    facts: [used(world, `accelerator.${name}`, `accelerators.${service.id}`, holds(acceleratorOf(service, world)))],
    says: [ACCELERATOR_SAYS[acceleratorOf(service, world)](nameOf(service))],
  }),
  changes: (service, world) =>
    otherMembers(`accelerators.${service.id}`, ACCELERATOR_STATES, recordedState(acceleratorOf(service, world)), true),
})

/** `proposed` = has ever been proposed, also after the decision. */
export const ACCELERATOR: Words<ListedService> = {
  state: accelerator('state', state => state),
  proposed: accelerator('proposed', state => state !== 'none'),
  accepted: accelerator('accepted', state => state === 'accepted'),
  rejected: accelerator('rejected', state => state === 'rejected'),
}

const isActivated = (service: ListedService, world: World) =>
  typeof service.facts.activatedOn === 'string' && service.facts.activatedOn <= world.today

function daysActive(service: ListedService, world: World): number | typeof UNKNOWN {
  const on = service.facts.activatedOn
  if (on === undefined) return UNKNOWN
  return on === null ? 0 : Math.max(0, daysBetween(on, world.today))
}

function activations(service: ListedService, world: World): Change[] {
  const fact = path(service, 'activatedOn')
  const from = service.facts.activatedOn ?? null
  if (isActivated(service, world)) return [{ fact, from, to: null }]
  // Absent and not activated both read as null, so "not yet" is told as tomorrow.
  const tomorrow = dayOf(dayNumber(world.today) + 1)
  const notYet = service.facts.activatedOn === undefined && tomorrow ? [{ fact, from, to: tomorrow }] : []
  return [{ fact, from, to: world.today }, ...notYet]
}

const daysAround = (service: ListedService, numbers: readonly number[]): Change[] =>
  numbers
    .flatMap(number => [dayOf(number - 1), dayOf(number), dayOf(number + 1)])
    .filter((to): to is Day => to !== undefined && to !== service.facts.activatedOn)
    .map(to => ({ fact: path(service, 'activatedOn'), from: service.facts.activatedOn ?? null, to }))

function activationSay(service: ListedService, world: World): Text {
  const on = service.facts.activatedOn
  const parts = { service: nameOf(service), on: on ?? '' }
  if (on === undefined) return phrase('it is not known whether {service} is activated', 'não se sabe se {service} está ativado', parts)
  if (on === null) return phrase('{service} is not activated', '{service} não está ativado', parts)
  return on <= world.today
    ? phrase('{service} has been active since {on}', '{service} está ativo desde {on}', parts)
    : phrase('{service} will be activated only on {on}', '{service} só será ativado em {on}', parts)
}

function ownerSay(service: ListedService): Text {
  const { owner } = service.facts
  const parts = { service: nameOf(service), owner: owner ?? '' }
  if (owner === undefined) return phrase('it is not known who owns {service}', 'não se sabe quem é responsável por {service}', parts)
  if (owner === null) return phrase('nobody owns {service}', 'ninguém é responsável por {service}', parts)
  return phrase('{owner} owns {service}', '{owner} é responsável por {service}', parts)
}

function familySay(service: ListedService): Text {
  const family = service.def?.family
  const parts = { service: nameOf(service), family: family ?? '' }
  if (!service.def) return phrase('the playbook does not know the service {service}', 'o playbook não conhece o serviço {service}', parts)
  if (!family) return phrase('{service} belongs to no family', '{service} não pertence a nenhuma família', parts)
  return phrase('{service} belongs to {name}', '{service} pertence a {name}', { ...parts, name: FAMILY_NAMES[family] })
}

const FAMILY_NAMES: Record<NonNullable<NonNullable<ListedService['def']>['family']>, Text> = {
  'modern-communications': phrase('modern communications', 'comunicações modernas'),
  collaboration: phrase('collaboration', 'colaboração'),
  productivity: phrase('productivity', 'produtividade'),
  mail: phrase('mail', 'correio'),
  security: phrase('security', 'segurança'),
  platform: phrase('the platform', 'plataforma'),
}

const HANDSHAKE_SAYS: Record<(typeof HANDSHAKES)[number], (service: Text) => Text> = {
  none: service =>
    phrase('no answer to a handshake for {service} is recorded', 'não há resposta registrada à transferência de {service}', { service }),
  offered: service => phrase('the handshake for {service} is offered', 'a transferência de {service} foi oferecida', { service }),
  accepted: service => phrase('the CSM accepted the handshake for {service}', 'o CSM aceitou a transferência de {service}', { service }),
  declined: service => phrase('the CSM declined the handshake for {service}', 'o CSM recusou a transferência de {service}', { service }),
}

const ACCELERATOR_SAYS: Record<'none' | (typeof ACCELERATOR_STATES)[number], (service: Text) => Text> = {
  none: service => phrase('no accelerator is proposed for {service}', 'nenhum acelerador foi proposto para {service}', { service }),
  proposed: service =>
    phrase('the accelerator for {service} awaits a decision', 'o acelerador para {service} aguarda decisão', { service }),
  accepted: service => phrase('the accelerator for {service} is accepted', 'o acelerador para {service} foi aceito', { service }),
  rejected: service => phrase('the accelerator for {service} is rejected', 'o acelerador para {service} foi recusado', { service }),
}
