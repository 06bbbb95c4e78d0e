import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../model/admin-api.ts'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { peopleQuery } from '../queries.ts'
import { PersonActions } from './PersonActions.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonState, waysText } from './words.tsx'

const route = getRouteApi('/frame/admin/people')

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '16px' },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 12px', margin: 0 },
  term: { color: tokens.colorNeutralForeground3 },
  what: { margin: 0, overflowWrap: 'anywhere' },
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
      <dl className={styles.facts}>
        {facts.flatMap(([term, what]) => [
          <dt key={`${term}-term`} className={styles.term}>
            {term}
          </dt>,
          <dd key={term} className={styles.what}>
            {what}
          </dd>,
        ])}
      </dl>
      <PersonForm person={person} />
      <PersonActions person={person} onErased={onClose} />
    </div>
  )
}
