import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../../model/services.ts'
import { inLanguage } from '../../ui/format.ts'

/** Services that have usage, by name, and what each is called. */
export function useServiceNames() {
  const { i18n } = useTranslation()
  const nameOf = (id: string) => inLanguage(SERVICES.find(each => each.id === id)?.name, i18n.language, id)
  return { nameOf, services: SERVICES.filter(each => each.countsUsage).map(({ id }) => id) }
}
