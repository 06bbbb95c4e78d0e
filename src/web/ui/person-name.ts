import type { TFunction } from 'i18next'
import { ERASED_NAME } from '../../model/admin-api.ts'

/** A name as it is shown: whoever was erased has one in the reader's language. */
export const personName = (name: string, t: TFunction): string => (name === ERASED_NAME ? t('people.erased') : name)
