import { Badge, makeStyles } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../model/admin-api.ts'
import { withTexts } from '../../i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { peopleQuery } from '../queries.ts'
import { PersonActions } from './PersonActions.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonState, waysText } from './words.tsx'

const ExpertisePart = lazy(() => withTexts(import('../../requests/experts/ExpertisePart.tsx'), 'experts'))

const route = getRouteApi('/frame/admin/people')

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '16px' },
})

/** One person: what is known, what may be changed. */
export function PersonPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { q } = route.useSearch()
  const { data, error, refetch } = useInfiniteQuery(peopleQuery(q))
  const person = data?.pages.flatMap(page => page.people).find(each => each.id === id)
  return (
    <Panel title={person?.name ?? t('admin.people.person')} closeLabel={t('close')} onClose={onClose}>
      {person ? (
        <Known person={person} onClose={onClose} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Notice title={t('admin.people.notListed')}>{t('admin.people.notListedHelp')}</Notice>
      ) : (
        <Skeletons heights={[80, 44, 44, 44]} />
      )}
    </Panel>
  )
}

function Known({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useTranslation()
  const refusalOf = useRefusal()
  const styles = useStyles()
  const formats = useFormats()
  const facts = [
    [t('admin.people.email'), person.email],
    [t('admin.people.ways'), waysText(person.ways, t)],
    [t('admin.people.lastSignIn'), person.lastSignInAt ? formats.moment(person.lastSignInAt) : t('admin.people.never')],
  ] as const
  return (
    <div className={styles.body}>
      <div>
        <PersonState state={person.state} />{' '}
        {person.isDemo && (
          <Badge appearance="tint" color="warning">
            {t('signIn.demo')}
          </Badge>
        )}
      </div>
      <Facts facts={facts} />
      <PersonForm person={person} />
      {person.right !== 'author' && person.right !== 'reader' && (
        <Suspense fallback={<Skeletons heights={[160]} />}>
          <ExpertisePart person={person.id} refusal={refusalOf('set-expertise')} />
        </Suspense>
      )}
      <PersonActions person={person} onErased={onClose} />
    </div>
  )
}
