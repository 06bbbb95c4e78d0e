import { Button, Checkbox, Field, makeStyles, mergeClasses, Select, Subtitle1, Textarea, tokens } from '@fluentui/react-components'
import { ArrowDown16Regular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUp16Regular } from '@fluentui/react-icons/svg/arrow-up'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DECK_LOCALES, type DeckLocale, type Slide, type SlideKind } from '../../../model/deck.ts'
import type { ChangeDeck, DeckView } from '../../../model/deck-api.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { customerPath } from '../../customer/queries.ts'
import { languageName } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { failureText, isLostUpdate } from '../../ui/failure.ts'
import { focusOnceDrawn } from '../../ui/focus-back.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { saveFile } from '../../ui/save-file.ts'
import { showToast } from '../../ui/toasts.tsx'
import { deckQuery } from './queries.ts'
import { SendDeck } from './SendDeck.tsx'
import { SlideView } from './SlideView.tsx'

const route = getRouteApi('/frame/customers/$customer/review/deck')

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'end' },
  room: {
    display: 'grid',
    gap: '16px',
    gridTemplateColumns: 'minmax(220px, 280px) minmax(0, 1fr) minmax(200px, 280px)',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  line: { display: 'flex', alignItems: 'center', borderRadius: tokens.borderRadiusMedium, minWidth: 0 },
  chosen: { backgroundColor: tokens.colorSubtleBackgroundSelected },
  // Below the one it follows, under its name.
  own: { paddingInlineStart: '32px' },
  name: { flex: 1, minWidth: 0, justifyContent: 'flex-start', textAlign: 'start' },
  side: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0, fontSize: tokens.fontSizeBase200 },
  notes: { whiteSpace: 'pre-line', margin: 0 },
})

/** Slides at the left, one in the middle, what is typed and said for it at the right. Only the texts are typed. */
export function DeckPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer } = route.useParams()
  const { data: view } = useSuspenseQuery(deckQuery(customer))
  const write = useDeckWrites(view)
  const [chosen, choose] = useState(view.slides[0] ? keyOf(view.slides[0]) : 'sources')
  const slide = view.slides.find(each => keyOf(each) === chosen)
  const refused = refusalFor(view.canBuild, null)
  const refusal = refused && formats.text(refused)
  const name = (each: SlideKind) => t(`deck.slide.${each}`)
  // Words typed and not saved stay while one looks at other slides.
  const [drafts, setDrafts] = useState<Drafts>({})
  return (
    <section className={styles.page} aria-label={t('deck.title')} data-focus-home tabIndex={-1}>
      <AppLink to="/customers/$customer/review" params={{ customer }}>
        {t('tab.review')}
      </AppLink>
      <Subtitle1 as="h2">{t('deck.title')}</Subtitle1>
      <DataLine view={view} />
      <div className={styles.head}>
        <Field label={t('deck.language')}>
          <Select
            value={view.locale}
            disabled={refusal !== undefined || write.isBusy}
            onChange={(_, { value }) => write.change({ locale: value as DeckLocale })} // the options are these
          >
            {DECK_LOCALES.map(locale => (
              <option key={locale} value={locale}>
                {languageName(locale)}
              </option>
            ))}
          </Select>
        </Field>
        <ActionButton refusal={refusal} disabledFocusable={write.isBusy} onClick={write.take}>
          {t(view.taken ? 'deck.takeAgain' : 'deck.take')}
        </ActionButton>
        <DownloadButton view={view} format="pptx" />
        <DownloadButton view={view} format="pdf" />
        <SendDeck view={view} refusal={refusal} />
      </div>
      <div className={styles.room}>
        <div>
          <ol className={styles.list} aria-label={t('deck.slides')}>
            {view.slides.map(shown => {
              const key = keyOf(shown)
              const isChosen = key === chosen
              const choice = { 'aria-current': isChosen ? ('true' as const) : undefined, onClick: () => choose(key) }
              if (shown.kind === 'own')
                return (
                  <li key={key} className={mergeClasses(styles.line, styles.own, isChosen && styles.chosen)}>
                    <Button appearance="subtle" className={styles.name} {...choice}>
                      {shown.title}
                    </Button>
                  </li>
                )
              const each = shown.kind
              return (
                <li key={key} className={mergeClasses(styles.line, isChosen && styles.chosen)}>
                  {each !== 'sources' && (
                    <Checkbox
                      checked
                      disabled={refusal !== undefined || write.isBusy}
                      aria-label={t('deck.shown', { slide: name(each) })}
                      onChange={() => write.change({ slides: kindsOf(view).filter(other => other !== each) })}
                    />
                  )}
                  <Button appearance="subtle" className={styles.name} {...choice}>
                    {drafts[each] === undefined ? name(each) : t('deck.unsaved', { slide: name(each) })}
                  </Button>
                  {each !== 'sources' && (
                    <>
                      <MoveButton view={view} kind={each} way="up" refusal={refusal} write={write} />
                      <MoveButton view={view} kind={each} way="down" refusal={refusal} write={write} />
                    </>
                  )}
                </li>
              )
            })}
          </ol>
          {view.left.length > 0 && (
            <ul className={styles.list} aria-label={t('deck.left')}>
              {view.left.map(each => (
                <li key={each} className={styles.line}>
                  <Checkbox
                    checked={false}
                    disabled={refusal !== undefined || write.isBusy}
                    label={name(each)}
                    onChange={() => write.change({ slides: [...kindsOf(view), each] })}
                  />
                </li>
              ))}
            </ul>
          )}
        </div>
        {slide ? <SlideView slide={slide} /> : <p>{t('deck.notShown')}</p>}
        <div className={styles.side}>
          {slide && slide.kind !== 'sources' && slide.kind !== 'own' && (
            <Narrative view={view} kind={slide.kind} refusal={refusal} write={write} drafts={drafts} onDrafts={setDrafts} />
          )}
          {slide?.kind === 'own' && <p className={styles.quiet}>{t('deck.ownHelp')}</p>}
          {slide && slide.notes !== '' && (
            <div>
              <h3>{t('deck.notes')}</h3>
              <p className={styles.notes}>{slide.notes}</p>
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

/** Of what data the slides are. */
function DataLine({ view: { taken, date } }: { view: DeckView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const day = formats.day(date)
  return (
    <p className={styles.quiet}>
      {taken ? t('deck.takenBy', { day, who: taken.by, when: formats.moment(taken.at) }) : t('deck.notTaken', { day })}
    </p>
  )
}

/** Among the slides of a deck. */
const keyOf = (slide: Slide): string => (slide.kind === 'own' ? `own-${slide.id}` : slide.kind)
/** Those that are chosen: a slide of the installation comes and goes with the one it follows. */
const kindsOf = ({ slides }: DeckView): SlideKind[] => slides.map(({ kind }) => kind).filter(kind => kind !== 'sources' && kind !== 'own')
const moveId = (kind: SlideKind, way: 'up' | 'down') => `move-${way}-${kind}`

type Writes = ReturnType<typeof useDeckWrites>
type SlideProps = Readonly<{ view: DeckView; kind: SlideKind; refusal: string | undefined; write: Writes }>

function MoveButton({ view, kind, way, refusal, write }: SlideProps & Readonly<{ way: 'up' | 'down' }>) {
  const { t } = useTranslation()
  const kinds = kindsOf(view)
  const to = kinds.indexOf(kind) + (way === 'up' ? -1 : 1)
  const isEnd = to < 0 || to >= kinds.length
  const move = () => {
    const moved = kinds.filter(each => each !== kind)
    moved.splice(to, 0, kind)
    // At the end of the list only the other way is left.
    const stays = to === 0 || to === kinds.length - 1 ? (way === 'up' ? 'down' : 'up') : way
    write.change({ slides: moved }, () => focusOnceDrawn(moveId(kind, stays)))
  }
  return (
    <Button
      id={moveId(kind, way)}
      size="small"
      appearance="subtle"
      icon={way === 'up' ? <ArrowUp16Regular /> : <ArrowDown16Regular />}
      aria-label={t(`deck.${way}`, { slide: t(`deck.slide.${kind}`) })}
      disabledFocusable={isEnd || refusal !== undefined || write.isBusy}
      onClick={move}
    />
  )
}

type Drafts = Readonly<Partial<Record<SlideKind, string>>>
type NarrativeProps = SlideProps & Readonly<{ drafts: Drafts; onDrafts: (change: (drafts: Drafts) => Drafts) => void }>

function Narrative({ view, kind, refusal, write, drafts, onDrafts }: NarrativeProps) {
  const { t } = useTranslation()
  const saved = view.narratives[kind] ?? ''
  const text = drafts[kind] ?? saved
  const isSame = text.trim() === saved
  const become = (value: string) => onDrafts(({ [kind]: _, ...others }) => (value === saved ? others : { ...others, [kind]: value }))
  const save = () => {
    const { [kind]: _, ...rest } = view.narratives
    write.change({ narratives: text.trim() === '' ? rest : { ...rest, [kind]: text.trim() } }, () => become(saved))
  }
  return (
    <div>
      <Field label={t('deck.narrative')} hint={t('deck.narrativeHelp')}>
        <Textarea
          value={text}
          maxLength={2000}
          rows={6}
          resize="vertical"
          readOnly={refusal !== undefined}
          onChange={(_, { value }) => become(value)}
        />
      </Field>
      <ActionButton refusal={refusal} disabledFocusable={isSame || write.isBusy} onClick={save}>
        {t('deck.save')}
      </ActionButton>
    </div>
  )
}

function DownloadButton({ view, format }: Readonly<{ view: DeckView; format: 'pptx' | 'pdf' }>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const run = useMutation({
    mutationFn: () => saveFile(customerPath(view.customer, 'review', 'deck', format), {}, `${view.customer}-review-${view.date}.${format}`),
    onError: error => showToast({ intent: 'error', title: t('deck.notWritten'), body: failureText(error, t, formats) }),
  })
  return (
    <ActionButton refusal={view.taken ? undefined : t('deck.takeFirst')} disabledFocusable={run.isPending} onClick={() => run.mutate()}>
      {t(run.isPending ? 'deck.writing' : `deck.${format}`)}
    </ActionButton>
  )
}

/** What is chosen is saved at once; who was slower than somebody else sees theirs and chooses again. */
function useDeckWrites(view: DeckView) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const { queryKey } = deckQuery(view.customer)
  const path = (...rest: string[]) => apiUrl(customerPath(view.customer, 'review', 'deck', ...rest))
  const failed = (error: unknown) => {
    showToast({
      intent: 'error',
      title: t(isLostUpdate(error) ? 'deck.changedMeanwhile' : 'deck.notSaved'),
      body: isLostUpdate(error) ? t('deck.theirs') : failureText(error, t, formats),
    })
    void client.invalidateQueries({ queryKey })
  }
  const saved = (now: DeckView) => client.setQueryData(queryKey, now)
  const change = useMutation({
    mutationFn: (wanted: Partial<Omit<ChangeDeck, 'version'>>) =>
      send<DeckView>('PUT', path(), {
        ...{ locale: view.locale, slides: kindsOf(view), narratives: view.narratives },
        ...wanted,
        version: view.version,
      }),
    onSuccess: saved,
    onError: failed,
  })
  const take = useMutation({
    mutationFn: () => send<DeckView>('POST', path('data'), { version: view.version }),
    onSuccess: now => {
      saved(now)
      // Only now may it go along with an invitation.
      void client.invalidateQueries({ queryKey: ['customer', view.customer, 'meetings'] })
    },
    onError: failed,
  })
  return {
    isBusy: change.isPending || take.isPending,
    change: (wanted: Partial<Omit<ChangeDeck, 'version'>>, onDone?: () => void) =>
      change.mutate(wanted, onDone ? { onSuccess: onDone } : {}),
    take: () => take.mutate(),
  }
}
