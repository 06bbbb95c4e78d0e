import { getInstallation } from '../../store/installation.ts'
import { purgeMail } from '../mail/outbox.ts'
import { RETENTION } from '../settings/retention-defaults.ts'
import type { Purge } from './queues.ts'

/** What the job `purge` deletes each night: one entry per kind of data that is kept for a time. */
export const PURGES: readonly Purge[] = [
  {
    name: 'mail',
    run: async context => {
      const { retention } = await getInstallation(context.db)
      return purgeMail(context, retention.mail ?? RETENTION.mail.days)
    },
  },
]
