import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../i18n.ts'
import { sessionQuery } from '../session/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'

const AddCustomerDialog = lazy(() => withTexts(import('./AddCustomerDialog.tsx'), 'customers'))

/** Adding a customer, from the head of the portfolio. */
export default function PortfolioActions() {
  const { t } = useTranslation()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [isOpen, setOpen] = useState(false)
  const may = session.person?.may.includes('add-customer') ?? false
  return (
    <>
      <ActionButton icon={<Add20Regular />} refusal={may ? undefined : t('customers.mayNotAdd')} onClick={() => setOpen(true)}>
        {t('customers.add')}
      </ActionButton>
      {isOpen && (
        <Suspense fallback={null}>
          <AddCustomerDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
