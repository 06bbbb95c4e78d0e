import { Badge, Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnAccount } from '../../model/admin-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { deviceOf } from './device.ts'
import { focusSection } from './focus-section.ts'
import { endOtherSessions, endSession, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

type Session = OwnAccount['sessions'][number]

/** Where the person is signed in: whoever sees one that is not theirs can end it. */
export function SessionsSection({ account: { sessions } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const formats = useFormats()
  const [asked, setAsked] = useState<Session | 'others' | null>(null)
  const close = () => setAsked(null)
  const nameOf = ({ agent }: Session) => {
    const device = deviceOf(agent)
    return device ? t('account.device', device) : t('account.unknownDevice')
  }
  const done = {
    done: 'account.sessionEnded',
    after: () => {
      close()
      focusSection(t('account.sessions'))
    },
  }
  const one = useChange({ run: endSession, ...done })
  const others = useChange({ run: endOtherSessions, ...done })
  return (
    <Section title={t('account.sessions')} lead={t('account.sessionsLead')}>
      <ul className={styles.list}>
        {sessions.map(session => (
          <li key={session.id} className={styles.row}>
            <div className={styles.what}>
              <div className={styles.title}>
                {nameOf(session)}
                {session.isCurrent && (
                  <Badge appearance="tint" color="success" shape="rounded">
                    {t('account.thisSession')}
                  </Badge>
                )}
              </div>
              <p className={styles.quiet}>
                {t('account.sessionFacts', {
                  since: formats.moment(session.createdAt),
                  seen: formats.moment(session.lastSeenAt),
                  address: session.address ?? t('value.unknown'),
                })}
              </p>
            </div>
            {!session.isCurrent && (
              <Button size="small" onClick={() => setAsked(session)}>
                {t('frame.signOut')}
                <Hidden>
                  {' '}
                  {nameOf(session)}, {formats.moment(session.createdAt)}
                </Hidden>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div>
        <ActionButton refusal={sessions.length > 1 ? undefined : t('account.noOtherSession')} onClick={() => setAsked('others')}>
          {t('account.endOthers')}
        </ActionButton>
      </div>
      {asked === 'others' && (
        <ConfirmDialog
          title={t('account.endOthers')}
          what={t('account.endOthersHelp')}
          label={t('account.endOthers')}
          change={{ mutate: () => others.mutate(undefined), isPending: others.isPending, error: others.error }}
          onClose={close}
        />
      )}
      {asked !== null && asked !== 'others' && (
        <ConfirmDialog
          title={t('account.endSession')}
          what={t('account.endSessionHelp', { name: nameOf(asked) })}
          label={t('frame.signOut')}
          change={{ mutate: () => one.mutate(asked.id), isPending: one.isPending, error: one.error }}
          onClose={close}
        />
      )}
    </Section>
  )
}
