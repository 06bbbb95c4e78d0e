import { makeStyles, Subtitle2 } from '@fluentui/react-components'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation, PersonView } from '../../../model/admin-api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { send } from '../../ui/http.ts'
import { saveFile } from '../../ui/save-file.ts'
import { useRefusal } from '../permission.ts'
import { pathOf, urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'
import { CoverDialog } from './CoverDialog.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { InvitationSent } from './InviteDialog.tsx'

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

type Asked = 'nothing' | 'cover' | 'erase'

/** What can be done with an account besides changing it. */
export function PersonActions({ person, onErased }: { person: PersonView; onErased: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const client = useQueryClient()
  const refusalOf = useRefusal()
  const refusal = refusalOf('manage-people')
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [asked, setAsked] = useState<Asked>('nothing')
  const isOwn = session.person?.id === person.id
  const isDisabled = person.state === 'disabled'
  const able = useWrite({
    write: () => send<unknown>('PUT', urlOf('people', person.id), { disabled: !isDisabled }),
    changes: [['people']],
    done: t(isDisabled ? 'admin.people.enabled' : 'admin.people.disabledDone', { name: person.name }),
  })
  const signOut = useWrite({
    write: () => send<unknown>('DELETE', urlOf('people', person.id, 'sessions')),
    changes: [['people']],
    done: t('admin.people.signedOut', { name: person.name }),
  })
  const again = useWrite({
    write: () => send<Invitation>('POST', urlOf('people', person.id, 'invitation')),
    changes: [['people'], ['mail'], ['jobs']],
  })
  const keep = useWrite({
    write: () => saveFile(pathOf('people', person.id, 'export'), {}, `person-${person.id}.json`),
    changes: [],
  })
  return (
    <div className={styles.group}>
      <Subtitle2 as="h3">{t('admin.people.actions')}</Subtitle2>
      <div className={styles.row}>
        <ActionButton refusal={refusalOf('assign')} onClick={() => setAsked('cover')}>
          {t('admin.people.cover')}
        </ActionButton>
        <ActionButton
          refusal={refusal ?? (isDisabled ? t('admin.people.disabledNow') : undefined)}
          disabledFocusable={again.isPending}
          onClick={() => again.mutate(undefined)}
        >
          {t('admin.people.inviteAgain')}
        </ActionButton>
        <ActionButton refusal={refusal} disabledFocusable={signOut.isPending} onClick={() => signOut.mutate(undefined)}>
          {t('admin.people.signOut')}
        </ActionButton>
        <ActionButton
          refusal={refusal ?? (isOwn && !isDisabled ? t('admin.people.ownDisable') : undefined)}
          disabledFocusable={able.isPending}
          onClick={() => able.mutate(undefined)}
        >
          {t(isDisabled ? 'admin.people.enable' : 'admin.people.disable')}
        </ActionButton>
        <ActionButton refusal={refusal} disabledFocusable={keep.isPending} onClick={() => keep.mutate(undefined)}>
          {t('admin.people.export')}
        </ActionButton>
        <ActionButton refusal={refusal ?? (isOwn ? t('admin.people.ownErase') : undefined)} onClick={() => setAsked('erase')}>
          {t('admin.people.erase')}
        </ActionButton>
      </div>
      {asked === 'cover' && <CoverDialog person={person} onClose={() => setAsked('nothing')} />}
      {asked === 'erase' && (
        <EraseDialog
          person={person}
          onClose={isErased => {
            setAsked('nothing')
            if (!isErased) return
            void client.invalidateQueries({ queryKey: ['people'] })
            onErased()
          }}
        />
      )}
      {again.data && (
        <FormDialog title={t('admin.people.invited', { name: person.name })} onClose={again.reset}>
          <InvitationSent invitation={again.data} />
        </FormDialog>
      )}
    </div>
  )
}
