import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DECK_LOCALES,
  type DeckLocale,
  MOST_OWN_SLIDES,
  type OwnSlide,
  TemplateKind,
  type DeckTemplates as Templates,
} from '../../../model/deck.ts'
import type { ChangeDeckTemplates, DeckTemplatesView } from '../../../model/deck-api.ts'
import { languageName } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { apiUrl, get, send } from '../../ui/http.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { useRefusal } from '../permission.ts'
import { useWrite } from '../use-write.ts'
import { findOwn, freeId, isBlank, ownIds, replacedIn, withOwn } from './deck-templates.ts'
import { OwnSlideDialog } from './OwnSlideDialog.tsx'
import { SlideDialog } from './SlideDialog.tsx'

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '720px', marginTop: '32px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  label: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 8px' },
  name: { justifyContent: 'flex-start', textAlign: 'start', minWidth: 0, overflowWrap: 'anywhere' },
})

export const templatesQuery = queryOptions({
  queryKey: ['settings', 'deck', 'templates'],
  queryFn: ({ signal }) => get<DeckTemplatesView>('/settings/deck/templates', {}, signal),
})

/** What the slides of every review deck say in place of what is shipped, and slides of the installation. */
export function DeckTemplates() {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusal = useRefusal()('change-settings')
  const { data, error, refetch } = useQuery({ ...templatesQuery, enabled: refusal === undefined })
  return (
    <section className={styles.part} aria-labelledby="deck-templates" data-focus-home>
      <Subtitle2 as="h3" id="deck-templates">
        {t('deck-brand.slides.title')}
      </Subtitle2>
      <p className={styles.quiet}>{refusal ?? t('deck-brand.slides.help')}</p>
      {data && <Lists view={data} />}
      {!data && error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && refusal === undefined && <Skeletons heights={[32, 32, 32, 32]} />}
    </section>
  )
}

type Opened = Readonly<{ kind: TemplateKind } | { own: OwnSlide['id']; isNew: boolean }>

function Lists({ view }: { view: DeckTemplatesView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const names = useSlideNames(view)
  const write = useTemplatesWrite()
  const [opened, open] = useState<Opened>()
  const { templates } = view
  const own = ownIds(templates)
  const close = () => open(undefined)
  const languages = (of: readonly DeckLocale[]) => of.map(languageName).join(', ')
  return (
    <>
      <ul className={styles.list} aria-label={t('deck-brand.slides.shipped')}>
        {TemplateKind.options.map(kind => {
          const replaced = replacedIn(templates, kind)
          return (
            <li key={kind} className={styles.line}>
              <Button appearance="subtle" className={styles.name} onClick={() => open({ kind })}>
                {names[kind]}
              </Button>
              {replaced.length > 0 && (
                <span className={styles.quiet}>{t('deck-brand.slides.changedIn', { languages: languages(replaced) })}</span>
              )}
            </li>
          )
        })}
      </ul>
      {own.length === 0 ? (
        <p className={styles.quiet}>{t('deck-brand.slides.noOwn')}</p>
      ) : (
        <>
          <h4 id="own-slides" className={styles.label}>
            {t('deck-brand.slides.own')}
          </h4>
          <ul className={styles.list} aria-labelledby="own-slides">
            {own.map(id => {
              const { title, after, spoken } = toldOf(templates, id)
              return (
                <li key={id} className={styles.line}>
                  <Button appearance="subtle" className={styles.name} onClick={() => open({ own: id, isNew: false })}>
                    {title}
                  </Button>
                  <span className={styles.quiet}>
                    {t('deck-brand.slides.follows', { slide: names[after], languages: languages(spoken) })}
                  </span>
                  <Button
                    size="small"
                    aria-label={t('deck-brand.slides.removeOf', { slide: title })}
                    disabledFocusable={write.isBusy}
                    onClick={() => write.remove(view, id, title)}
                  >
                    {t('deck-brand.slides.remove')}
                  </Button>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <div>
        <ActionButton
          refusal={own.length >= MOST_OWN_SLIDES ? t('deck-brand.slides.most') : undefined}
          onClick={() => open({ own: freeId(templates), isNew: true })}
        >
          {t('deck-brand.slides.add')}
        </ActionButton>
      </div>
      {opened && 'kind' in opened && <SlideDialog view={view} kind={opened.kind} names={names} write={write} onClose={close} />}
      {opened && 'own' in opened && (
        <OwnSlideDialog view={view} id={opened.own} isNew={opened.isNew} names={names} write={write} onClose={close} />
      )}
    </>
  )
}

export type SlideNames = Readonly<Record<TemplateKind, string>>

/** What the slides are called while nothing is replaced, in the language of the portal; the first one bears the name of a customer. */
function useSlideNames({ shipped }: DeckTemplatesView): SlideNames {
  const { t, i18n } = useTranslation()
  const told = shipped[i18n.language.startsWith('pt') ? 'pt-BR' : 'en']
  const names = TemplateKind.options.map(kind => [kind, kind === 'title' ? t('deck-brand.slides.cover') : told[kind].title])
  return Object.fromEntries(names) as SlideNames // one for every kind
}

/** Its first title, the slide it follows, and the languages it is there in. */
function toldOf(templates: Templates, id: OwnSlide['id']) {
  const found = findOwn(templates, id)
  const spoken = DECK_LOCALES.filter(locale => found && !isBlank(found.words[locale]))
  return { title: (spoken[0] && found?.words[spoken[0]].title) || id, after: found?.after ?? 'title', spoken }
}

export type TemplatesWrite = ReturnType<typeof useTemplatesWrite>

/** All of them are written at once; what stands then is shown. */
function useTemplatesWrite() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => client.fetchQuery({ ...templatesQuery, staleTime: 0 })
  const options = {
    write: (change: ChangeDeckTemplates) => send<DeckTemplatesView>('PUT', apiUrl('/settings/deck/templates'), change),
    // Decks whose data is not kept say it at once.
    changes: [['customer']],
    onFailed: (error: Error) => isLostUpdate(error) && void refresh(),
  }
  const show = (fresh: DeckTemplatesView) => client.setQueryData(templatesQuery.queryKey, fresh)
  const save = useWrite({ ...options, done: t('deck-brand.saved'), onDone: show, isForm: true })
  const passing = useWrite({ ...options, onDone: show })
  const remove = (view: DeckTemplatesView, id: OwnSlide['id'], title: string) => {
    const back = findOwn(view.templates, id)
    const undo = async () => {
      const fresh = await refresh()
      if (back) passing.mutate({ templates: withOwn(fresh.templates, id, back), version: fresh.version })
    }
    passing.mutate(
      { templates: withOwn(view.templates, id, null), version: view.version },
      {
        onSuccess: () =>
          showToast({
            intent: 'success',
            title: t('deck-brand.slides.removed', { slide: title }),
            action: { label: t('deck-brand.slides.undo'), run: () => void undo() },
          }),
      },
    )
  }
  return { save, remove, isBusy: save.isPending || passing.isPending }
}
