import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { useRefusal } from './permission.ts'

/** `/admin` for those who may see none of its sections. */
export function NothingHere() {
  const { t } = useTranslation()
  const refusalOf = useRefusal()
  return (
    <Notice title={t('error.forbidden.title')}>
      <PageTitle name={t('nav.admin')} />
      {refusalOf('see-people')} {t('admin.askAdministrator')}
    </Notice>
  )
}
