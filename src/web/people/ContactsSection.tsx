import { Badge, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactView } from '../../model/customer-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { contactsQuery } from '../customers/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ContactDialog } from './ContactDialog.tsx'
import { EraseContactDialog } from './EraseContactDialog.tsx'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'space-between', alignItems: 'center', marginBottom: '4px' },
  badges: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
  said: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})
type Asked = { is: 'nothing' } | { is: 'add' } | { is: 'change' | 'erase'; contact: ContactView }

/** Whom at the customer one talks to. */
export default function ContactsSection({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(contactsQuery(customer))
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  const close = () => setAsked({ is: 'nothing' })
  const reason = data && refusalFor(data.canChange, null)
  const refusal = reason && formats.text(reason)
  const current = (data?.contacts ?? []).filter(each => !each.isArchived)
  const gone = (data?.contacts ?? []).filter(each => each.isArchived)
  const table = (rows: readonly ContactView[], label: string) => (
    <DataTable
      label={label}
      rows={rows}
      keyOf={each => each.id}
      columns={[
        {
          id: 'name',
          head: t('contacts.name'),
          cell: each => (
            <>
              {nameOf(each, t('contacts.erasedName'))}
              {each.title && <div className={styles.said}>{each.title}</div>}
            </>
          ),
        },
        { id: 'email', head: t('contacts.email'), breaks: true, cell: each => each.email ?? '–' },
        { id: 'roles', head: t('contacts.roles'), cell: each => each.roles.map(role => t(`contacts.role.${role}`)).join(', ') || '–' },
        { id: 'state', head: t('contacts.state'), cell: each => <States contact={each} /> },
        {
          id: 'actions',
          head: t('contacts.actions'),
          cell: each =>
            isErased(each) ? null : (
              <div className={styles.badges}>
                <ActionButton
                  size="small"
                  refusal={refusal}
                  aria-label={t('contacts.editOne', { name: each.name })}
                  onClick={() => setAsked({ is: 'change', contact: each })}
                >
                  {t('contacts.edit')}
                </ActionButton>
                <ActionButton
                  size="small"
                  appearance="subtle"
                  refusal={refusal}
                  aria-label={t('contacts.eraseOne', { name: each.name })}
                  onClick={() => setAsked({ is: 'erase', contact: each })}
                >
                  {t('contacts.erase')}
                </ActionButton>
              </div>
            ),
        },
      ]}
    />
  )
  return (
    <section aria-labelledby="contacts">
      <div className={styles.head}>
        <Subtitle2 as="h2" id="contacts">
          {t('contacts.heading')}
        </Subtitle2>
        <ActionButton icon={<Add20Regular />} refusal={refusal} disabled={!data} onClick={() => setAsked({ is: 'add' })}>
          {t('contacts.add')}
        </ActionButton>
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons heights={[40, 40, 40]} />}
      {data && current.length === 0 && (
        <Notice title={t('contacts.none')}>{t(refusal === undefined ? 'contacts.noneHelp' : 'contacts.noneHelpOthers')}</Notice>
      )}
      {current.length > 0 && table(current, t('contacts.heading'))}
      {gone.length > 0 && (
        <details>
          <summary>{t('contacts.archived', { count: gone.length, number: formats.number(gone.length) })}</summary>
          {table(gone, t('contacts.archivedTitle'))}
        </details>
      )}
      {asked.is === 'add' && <ContactDialog customer={customer} onClose={close} />}
      {asked.is === 'change' && <ContactDialog customer={customer} contact={asked.contact} onClose={close} />}
      {asked.is === 'erase' && <EraseContactDialog customer={customer} contact={asked.contact} onClose={close} />}
    </section>
  )
}

/** What the server calls a contact that was erased. */
const ERASED = 'Erased contact'
const isErased = (contact: ContactView) => contact.isArchived && contact.name === ERASED
const nameOf = (contact: ContactView, erased: string) => (isErased(contact) ? erased : contact.name)

function States({ contact }: { contact: ContactView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { doNotContact, bounced, surveyEligible } = contact
  return (
    <div className={styles.badges}>
      {doNotContact !== null && (
        <div>
          <Badge appearance="tint" color="danger">
            {t('contacts.doNotContact')}
          </Badge>
          <div className={styles.said}>{doNotContact}</div>
        </div>
      )}
      {bounced && (
        <div>
          <Badge appearance="tint" color="warning">
            {t('contacts.bounced')}
          </Badge>
          <div className={styles.said}>{t('contacts.bouncedSaid', { at: formats.moment(bounced.at), said: bounced.said })}</div>
        </div>
      )}
      {surveyEligible && (
        <Badge appearance="tint" color="informative">
          {t('contacts.survey')}
        </Badge>
      )}
    </div>
  )
}
