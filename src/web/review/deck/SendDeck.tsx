import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeckView } from '../../../model/deck-api.ts'
import type { MeetingLine, MeetingView, SetMeeting } from '../../../model/meeting-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { customerMeetingsQuery, meetingQuery } from '../../meetings/queries.ts'
import { moment } from '../../meetings/times.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { failureText } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'

type SendDeckProps = Readonly<{ view: DeckView; refusal: string | undefined }>

/** The deck goes to everybody invited to the coming review; where none is arranged, the way to arrange one. */
export function SendDeck({ view, refusal }: SendDeckProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error } = useQuery(customerMeetingsQuery(view.customer))
  const [asked, ask] = useState<MeetingLine>()
  if (!data) return error ? <ActionButton refusal={failureText(error, t, formats)}>{t('deck.send')}</ActionButton> : null
  const coming = data.upcoming.find(each => each.about === 'review' && Date.parse(each.endsAt) > Date.now())
  if (!coming)
    return (
      <AppLink to="/customers/$customer/meetings" params={{ customer: view.customer }} search={{ plan: 'review' }}>
        {t('deck.plan')}
      </AppLink>
    )
  const why =
    refusal ??
    (view.taken ? undefined : t('deck.takeFirst')) ??
    (Object.values(coming.answers).every(count => count === 0) ? t('deck.nobodyInvited', { title: coming.title }) : undefined) ??
    (coming.attachesDeck ? t('deck.goesAlong', { title: coming.title }) : undefined) ??
    (data.whyNoDeck === null ? undefined : formats.text(data.whyNoDeck))
  return (
    <>
      <ActionButton refusal={why} onClick={() => ask(coming)}>
        {t('deck.send')}
      </ActionButton>
      {asked && <Confirm meeting={asked} onClose={() => ask(undefined)} />}
    </>
  )
}

function Confirm({ meeting, onClose }: Readonly<{ meeting: MeetingLine; onClose: () => void }>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const { customer, id, title, startsAt, timeZone } = meeting
  const write = useMutation({
    mutationFn: async () => {
      const now = await client.fetchQuery({ ...meetingQuery(customer, id), staleTime: 0 })
      return send<MeetingView>('PUT', apiUrl(customerPath(customer, 'meetings', id)), withDeck(now))
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customer', customer] })
      showToast({ intent: 'success', title: t('deck.sent', { title }) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('deck.send')}
      onClose={onClose}
      submit={{ label: t('deck.send'), run: () => write.mutate(), isBusy: write.isPending }}
      error={write.error}
    >
      <p>{t('deck.sendTo', { title, when: moment(startsAt, timeZone, formats.locale), zone: timeZone })}</p>
    </FormDialog>
  )
}

/** The meeting as it is, with the deck. */
function withDeck(meeting: MeetingView): SetMeeting {
  const { title, startsLocal, timeZone, minutes, location, services, about, version } = meeting
  return {
    ...{ title, startsLocal, timeZone, minutes, location, services, about, version },
    organizer: meeting.organizer.id,
    items: meeting.items.map(({ id }) => id),
    attendees: meeting.attendees.map(({ contact, person, isOptional }) => ({ contact, person, isOptional })),
    attachDeck: true,
  }
}
