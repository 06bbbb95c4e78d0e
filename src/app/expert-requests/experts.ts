import type { ExpertMatches, ExpertQuery } from '../../model/expert-request-api.ts'
import type { Db } from '../../store/database.ts'
import { findOpenLoads, findProfile, findProfiles } from '../../store/expert-requests.ts'
import type { Row } from '../../store/tables.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { Context } from '../context.ts'
import { invalidField } from '../invalid-field.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Directory } from '../people/leads.ts'
import { type Actor, authorize, rightsTo } from '../policy.ts'
import { type Candidate, fitsOf, isSuited, rank, SAID_NOTHING, type Said, type Wanted } from './match.ts'

const EXPERT = 'subject-matter-expert'

/** The queue shows what waits to those whose access right makes them experts. */
export const isExpertByRight = ({ right }: Pick<Actor, 'right'>): boolean => right === EXPERT

export type Expert = Candidate & Readonly<{ isByRight: boolean }>

/** Whom one may ask: experts by right, and others who say so, if they can sign in and answer. */
export async function findExperts(db: Db, directory: Directory): Promise<readonly Expert[]> {
  const profiles = new Map((await findProfiles(db)).map(each => [each.person_id, each]))
  const loads = await findOpenLoads(db)
  const answering = rightsTo('answer-expert-request')
  const isAsked = (person: PersonAccount) =>
    person.state !== 'disabled' &&
    answering.includes(person.right) &&
    (person.right === EXPERT || profiles.get(person.id)?.is_expert === true)
  return (await everyPerson(directory)).filter(isAsked).map(({ id, name, right }) => {
    const profile = profiles.get(id)
    const load = loads.get(id)
    return {
      id,
      name,
      isByRight: right === EXPERT,
      said: saidIn(profile),
      open: load?.open ?? 0,
      atOnce: profile?.at_once ?? null,
      nextWanted: load?.nextWanted ?? null,
    }
  })
}

export const saidIn = (profile: Row<'expert_profile'> | undefined): Said =>
  profile === undefined
    ? SAID_NOTHING
    : { skills: profile.skills, services: profile.services, languages: profile.languages, regions: profile.regions }

/** What the actor says of themselves, when the queue is for them. */
export async function saidBy(db: Db, actor: Actor): Promise<Said | undefined> {
  const profile = await findProfile(db, actor.personId)
  return isExpertByRight(actor) || profile?.is_expert === true ? saidIn(profile) : undefined
}

/** Those who see it in the queue. */
export const queueOf = (experts: readonly Expert[], wanted: Wanted): readonly Expert[] =>
  experts.filter(each => each.isByRight && isSuited(fitsOf(wanted, each.said)))

/** Experts for what is asked for, the best match first, with what speaks for and against each. */
export async function getExperts(context: Context, directory: Directory, actor: Actor, query: ExpertQuery): Promise<ExpertMatches> {
  authorize(actor, 'request-expert')
  const wanted = { skill: query.skill, service: query.service ?? null, language: query.language ?? null, region: query.region ?? null }
  const experts = await findExperts(context.db, directory)
  return {
    experts: rank(wanted, experts).map(({ id, name, fits, open, atOnce, nextFree, isFree }) => ({
      person: { id, name },
      fits: { ...fits },
      open,
      atOnce,
      nextFree,
      isFree,
    })),
    inQueue: queueOf(experts, wanted).length,
  }
}

/** Throws `invalid-input` naming the field for somebody who is not to be asked. */
export function getExpert(experts: readonly Expert[], id: string): Expert {
  const expert = experts.find(each => each.id === id)
  if (!expert) throw invalidField('expert', `${id} is not an expert who can be asked`)
  return expert
}
