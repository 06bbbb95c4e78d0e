import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AddAssignment, AssignmentView, CustomerPeople } from '../../model/admin-api.ts'
import { customerPath, customerQuery } from '../customer/queries.ts'
import { failureText, isLostUpdate, isTwice } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { focusAfter } from './focus-after.ts'
import { customerPeopleQuery } from './queries.ts'

export type NewAssignment = Omit<AddAssignment, 'version'>
export type PeopleWrite =
  | { is: 'add'; assignment: NewAssignment }
  | { is: 'end'; assignment: AssignmentView; until: string | null }
  | { is: 'primary'; assignment: AssignmentView; isPrimary: boolean }
  | { is: 'remove'; assignment: AssignmentView }
  | { is: 'team'; team: string | null }

/** Changes to who works for one customer. Each goes out with the version last seen; every answer is the whole tab. */
export function usePeopleWrites(customer: string) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const { queryKey } = customerPeopleQuery(customer)

  const write = useMutation({
    scope: { id: `people-${customer}` },
    mutationFn: (input: PeopleWrite) => request(customer, input, client.getQueryData(queryKey)?.version ?? 0),
    onSuccess: answer => {
      client.setQueryData(queryKey, answer)
      void client.invalidateQueries({ queryKey: customerQuery(customer).queryKey, exact: true })
      void client.invalidateQueries({ queryKey: ['portfolio'] })
    },
    // Somebody saved first: what they saved is shown, and the person decides again.
    onError: error => isLostUpdate(error) && client.invalidateQueries({ queryKey }),
  })

  /** For a form: the promise fails, and the form says why. */
  const save = async (input: PeopleWrite): Promise<void> => {
    await write.mutateAsync(input)
    focusAfter(input.is === 'primary' ? input.assignment.id : undefined)
    const undo = undoOf(input)
    showToast({
      intent: 'success',
      title: t(`people.done.${input.is}`),
      ...(undo ? { action: { label: t('plan.undo'), run: () => change(undo) } } : {}),
    })
  }
  /** For a button: a failure is said in passing. */
  const change = (input: PeopleWrite): void =>
    void save(input).catch((error: unknown) =>
      showToast({
        intent: 'error',
        title: t('people.notSaved'),
        body: isLostUpdate(error) ? t('people.conflict') : isTwice(error) ? t('people.twice') : failureText(error, t, formats),
      }),
    )
  return { save, change, isBusy: write.isPending }
}

function request(customer: string, input: PeopleWrite, version: number): Promise<CustomerPeople> {
  const path = (...rest: string[]) => apiUrl(customerPath(customer, ...rest))
  switch (input.is) {
    case 'add':
      return send('POST', path('assignments'), { ...input.assignment, version })
    case 'end':
      return send('PUT', path('assignments', input.assignment.id), { until: input.until, version })
    case 'primary':
      return send('PUT', path('assignments', input.assignment.id), { isPrimary: input.isPrimary, version })
    case 'remove':
      return send('DELETE', apiUrl(customerPath(customer, 'assignments', input.assignment.id), { version }))
    case 'team':
      return send('PUT', path('team'), { team: input.team, version })
  }
}

/** What takes a change back. An assignment that was taken away is made anew, as it was. */
function undoOf(input: PeopleWrite): PeopleWrite | undefined {
  if (input.is === 'end') return { ...input, until: input.assignment.until }
  if (input.is !== 'remove') return undefined
  const { person, role, service, isPrimary, since, until, covers } = input.assignment
  return { is: 'add', assignment: { person: person.id, role, service, isPrimary, since, until, covers: covers?.id ?? null } }
}
