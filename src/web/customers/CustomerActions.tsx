import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../i18n.ts'

const route = getRouteApi('/frame/customers/$customer')

const EditDialog = lazy(() => withTexts(import('./EditDialog.tsx'), 'customers'))
const ServicesDialog = lazy(() => withTexts(import('./ServicesDialog.tsx'), 'customers'))
const TenantsDialog = lazy(() => withTexts(import('./TenantsDialog.tsx'), 'customers'))
const MergeDialog = lazy(() => withTexts(import('./MergeDialog.tsx'), 'customers'))
const ArchiveDialog = lazy(() => withTexts(import('./ArchiveDialog.tsx'), 'customers'))

const DIALOGS = { edit: EditDialog, services: ServicesDialog, tenants: TenantsDialog, merge: MergeDialog, archive: ArchiveDialog } as const
const ASKED = ['edit', 'services', 'tenants', 'merge', 'archive'] as const

/** What may be done with the customer itself. Each dialog says why, where one may not. */
export default function CustomerActions({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const { change } = route.useSearch()
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<(typeof ASKED)[number] | undefined>(change)
  const close = () => {
    setAsked(undefined)
    if (change) void navigate({ to: '.', search: previous => ({ ...previous, change: undefined }), replace: true })
  }
  const Dialog = asked && DIALOGS[asked]
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small">{t('customers.change')}</MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {ASKED.map(each => (
              <MenuItem key={each} onClick={() => setAsked(each)}>
                {t(`customers.action.${each}`)}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {Dialog && (
        <Suspense fallback={null}>
          <Dialog customer={customer} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
