import { Button, Field, Input, makeStyles, ProgressBar, Textarea, tokens } from '@fluentui/react-components'
import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PriorityView } from '../../model/portfolio-api.ts'
import { customerPath } from '../customer/queries.ts'
import { sessionQuery } from '../session/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { FailureBar } from '../ui/FailureBar.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, get, send } from '../ui/http.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { showToast } from '../ui/toasts.tsx'

const priorityQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'priority'],
    queryFn: ({ signal }) => get<PriorityView>(customerPath(customer, 'priority'), {}, signal),
  })

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', justifyContent: 'space-between', gap: '8px', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  form: { display: 'flex', flexDirection: 'column', gap: '12px', marginTop: '20px' },
  number: {
    marginTop: '8px',
    lineHeight: tokens.lineHeightHero700,
    fontSize: tokens.fontSizeHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  buttons: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
})

/** Of what the priority is made, and the word of a person on it. The panel around it stands before this code has come. */
export default function PriorityPanel({ customer }: { customer: string }) {
  const { data, error, refetch } = useQuery(priorityQuery(customer))
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  return data ? <Parts view={data} /> : <Skeletons heights={[40, 48, 48, 48, 48]} />
}

function Parts({ view }: { view: PriorityView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { override } = view
  return (
    <>
      <AppLink to="/customers/$customer/plan" params={{ customer: view.customer }}>
        {t('list.priority.toCustomer')}
      </AppLink>
      <div className={styles.number}>{formats.number(view.priority)}</div>
      {override && (
        <p>
          {t('list.priority.override', { name: override.by, day: formats.day(override.until), computed: formats.number(view.computed) })}{' '}
          {override.reason}
        </p>
      )}
      <p className={styles.quiet}>{t('list.priority.rule')}</p>
      <ul className={styles.list}>
        {view.parts.map(part => (
          <li key={part.id}>
            <div className={styles.head}>
              <span>{t(`list.part.${part.id}`)}</span>
              <span>{t('list.priority.points', { points: formats.number(part.points), most: formats.number(part.most) })}</span>
            </div>
            <ProgressBar aria-label={t(`list.part.${part.id}`)} value={part.points} max={part.most} />
            <span className={styles.quiet}>{formats.text(part.why)}</span>
          </li>
        ))}
      </ul>
      <OverrideForm view={view} />
    </>
  )
}

/** Keyed by nothing: what is typed stays while the parts are read anew. */
function OverrideForm({ view }: { view: PriorityView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const client = useQueryClient()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [number, setNumber] = useState(String(view.priority))
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [isAsked, setAsked] = useState(false)
  const keep = (next: PriorityView) => {
    client.setQueryData(priorityQuery(view.customer).queryKey, next)
    void client.invalidateQueries({ queryKey: ['portfolio'] })
    setReason('')
    setAsked(false)
    showToast({ intent: 'success', title: t('list.priority.saved') })
  }
  const path = customerPath(view.customer, 'priority')
  const set = useMutation({
    mutationFn: () => send<PriorityView>('PUT', apiUrl(path), { priority: Number(number), reason, until }),
    onSuccess: keep,
  })
  const clear = useMutation({ mutationFn: () => send<PriorityView>('DELETE', apiUrl(path)), onSuccess: keep })
  const isNumber = /^\d{1,3}$/.test(number.trim())
  const refusal = session.person?.may.includes('set-priority') ? undefined : t('list.priority.refused')
  const submit = () => {
    setAsked(true)
    if (isNumber && reason.trim() && until) set.mutate()
  }
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (!refusal) submit()
      }}
    >
      <Field label={t('list.priority.number')} {...(isAsked && !isNumber ? { validationMessage: t('list.priority.numberNeeded') } : {})}>
        <Input inputMode="numeric" value={number} onChange={(_, { value }) => setNumber(value)} />
      </Field>
      <Field
        label={t('list.priority.reason')}
        {...(isAsked && !reason.trim() ? { validationMessage: t('list.priority.reasonNeeded') } : {})}
      >
        <Textarea value={reason} onChange={(_, { value }) => setReason(value)} />
      </Field>
      <Field label={t('list.priority.until')} {...(isAsked && !until ? { validationMessage: t('list.priority.untilNeeded') } : {})}>
        <Input type="date" min={session.today} value={until} onChange={(_, { value }) => setUntil(value)} />
      </Field>
      <FailureBar error={set.error ?? clear.error} />
      <div className={styles.buttons}>
        <ActionButton refusal={refusal} appearance="primary" onClick={submit} disabledFocusable={set.isPending}>
          {t('list.priority.set')}
        </ActionButton>
        {view.override && !refusal && (
          <Button disabledFocusable={clear.isPending} onClick={() => clear.mutate()}>
            {t('list.priority.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
