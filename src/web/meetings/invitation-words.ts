import type { TFunction } from 'i18next'
import type { InvitationWay } from '../../model/meeting-api.ts'

/** Why an invitation waits, is gone or went by mail, as far as there are words of their own for it. */
const PROBLEMS = ['no-mailbox', 'closed', 'rule', 'zone', 'refused', 'gone', 'off', 'throttled'] as const

/** By which way those asked are invited and how that stands, in words. */
export function invitationWords({ way, state, problem }: InvitationWay, t: TFunction): string {
  const said = way === null ? t('meetings.invitation.none') : way === 'mail' ? t('meetings.invitation.mail') : inOutlook(state, t)
  if (problem === null || way === null) return said
  const known = PROBLEMS.find(each => each === problem)
  return `${said}: ${known ? t(`meetings.invitation.problem.${known}`) : t('meetings.invitation.problem.other', { code: problem })}`
}

const inOutlook = (state: InvitationWay['state'], t: TFunction): string => t(`meetings.invitation.outlook.${state ?? 'waiting'}`)
