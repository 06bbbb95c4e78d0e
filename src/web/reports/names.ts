import { SERVICES } from '../../model/services.ts'
import type { Formats } from '../ui/format.ts'

/** What a service is called, by its id. */
export const serviceName = (formats: Formats) => (service: string) => formats.text(SERVICES.find(({ id }) => id === service)?.name, service)

export const COUNTED_SERVICES = SERVICES.filter(({ countsUsage }) => countsUsage).map(({ id }) => id)
