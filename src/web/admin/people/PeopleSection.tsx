import { Badge, Button, makeStyles } from '@fluentui/react-components'
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { FindBox } from '../../ui/FindBox.tsx'
import { useFormats } from '../../ui/format.ts'
import { usePageKeys } from '../../ui/keys.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Hidden } from '../../ui/Visually.tsx'
import { useRefusal } from '../permission.ts'
import { peopleQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { PersonState, waysText } from './words.tsx'

const route = getRouteApi('/frame/admin/people')

const useStyles = makeStyles({
  filters: { display: 'flex', gap: '8px', marginBottom: '12px' },
  name: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  more: { marginTop: '12px' },
})

/** Who may sign in. */
export function PeopleSection() {
  const { t } = useTranslation()
  const refusalOf = useRefusal()
  const { person } = route.useSearch()
  const navigate = route.useNavigate()
  const [isInviting, setInviting] = useState(false)
  const close = () => void navigate({ search: previous => ({ ...previous, person: undefined }) })
  return (
    <SplitPage
      panel={
        person !== undefined && refusalOf('see-people') === undefined ? <PersonPanel key={person} id={person} onClose={close} /> : undefined
      }
    >
      <Section
        id="people"
        actions={
          <ActionButton
            appearance="primary"
            icon={<PersonAdd20Regular />}
            refusal={refusalOf('manage-people')}
            onClick={() => setInviting(true)}
          >
            {t('admin.people.invite')}
          </ActionButton>
        }
      >
        <PeopleList />
        {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      </Section>
    </SplitPage>
  )
}

function PeopleList() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const searchBox = useRef<HTMLInputElement>(null)
  usePageKeys({ '/': () => searchBox.current?.focus() })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(peopleQuery(q))
  const people = data?.pages.flatMap(page => page.people)
  return (
    <>
      <search className={styles.filters} aria-label={t('admin.people.find')}>
        <FindBox ref={searchBox} q={q} onFind={next => void navigate({ search: previous => ({ ...previous, q: next }), replace: true })} />
      </search>
      {people && <Hidden live>{t('admin.people.count', { count: people.length })}</Hidden>}
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !people ? (
        <Skeletons heights={[40, 44, 44, 44, 44]} />
      ) : people.length === 0 ? (
        <Notice title={t(q ? 'admin.people.noMatch' : 'admin.people.none')}>
          {t(q ? 'admin.people.noMatchHelp' : 'admin.people.noneHelp')}
        </Notice>
      ) : (
        <PeopleTable people={people} />
      )}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
    </>
  )
}

function PeopleTable({ people }: { people: readonly PersonView[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { person: open } = route.useSearch()
  return (
    <DataTable
      label={t('admin.section.people')}
      rows={people}
      keyOf={({ id }) => id}
      isChosen={({ id }) => id === open}
      columns={[
        {
          id: 'name',
          head: t('admin.people.name'),
          cell: person => (
            <span className={styles.name}>
              <AppLink from="/admin/people" to="." search={previous => ({ ...previous, person: person.id })}>
                {person.name}
              </AppLink>
              {person.isDemo && (
                <Badge appearance="tint" color="warning">
                  {t('signIn.demo')}
                </Badge>
              )}
            </span>
          ),
        },
        { id: 'email', head: t('admin.people.email'), breaks: true, cell: person => person.email },
        { id: 'right', head: t('admin.people.right'), cell: person => t(`right.${person.right}`) },
        { id: 'scope', head: t('admin.people.scope'), cell: person => t(`scope.${person.scope}`) },
        {
          id: 'teams',
          isMinor: true,
          head: t('admin.people.teams'),
          cell: person => person.teams.map(team => team.name).join(', ') || '–',
        },
        { id: 'state', head: t('admin.people.state'), cell: person => <PersonState state={person.state} /> },
        { id: 'ways', isMinor: true, head: t('admin.people.ways'), cell: person => waysText(person.ways, t) },
        {
          id: 'last',
          isMinor: true,
          head: t('admin.people.lastSignIn'),
          cell: person => (person.lastSignInAt ? formats.moment(person.lastSignInAt) : t('admin.people.never')),
        },
      ]}
    />
  )
}
