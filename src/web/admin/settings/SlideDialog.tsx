import { Button, Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DECK_LOCALES,
  type DeckLocale,
  MOST_LEAD,
  MOST_NOTES,
  MOST_TITLE,
  type ShippedSlides,
  type TemplateKind,
} from '../../../model/deck.ts'
import type { DeckTemplatesView } from '../../../model/deck-api.ts'
import { languageName } from '../../i18n.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { SlideNames, TemplatesWrite } from './DeckTemplates.tsx'
import { type PerLanguage, type SlideWords, withWords, wordsOf } from './deck-templates.ts'
import { LanguageFields } from './LanguageFields.tsx'
import { TheirSlide } from './TheirSlide.tsx'
import { useBase } from './use-base.ts'

const useStyles = makeStyles({
  shipped: { whiteSpace: 'pre-line', overflowWrap: 'anywhere', color: tokens.colorNeutralForeground3, margin: '8px 0 0' },
})

type Props = Readonly<{ view: DeckTemplatesView; kind: TemplateKind; names: SlideNames; write: TemplatesWrite; onClose: () => void }>

/** Title, sentence and notes of a slide in each language, beside those that are shipped. */
export function SlideDialog({ view, kind, names, write: { save }, onClose }: Props) {
  const { t } = useTranslation()
  const { base, theirs } = useBase(view, save.error)
  const [words, setWords] = useState(() => wordsOf(view.templates, kind))
  const leave = () => {
    save.reset()
    onClose()
  }
  const run = () => save.mutate({ templates: withWords(base.templates, kind, words), version: base.version }, { onSuccess: leave })
  return (
    <FormDialog
      title={t('deck-brand.slides.of', { slide: names[kind] })}
      onClose={leave}
      submit={{ label: t(theirs ? 'conflict.saveMine' : 'deck-brand.save'), run, isBusy: save.isPending }}
      error={theirs ? undefined : save.error}
    >
      <TheirSlide lines={theirs && linesOf(wordsOf(theirs, kind))} onKeep={leave} />
      {DECK_LOCALES.map(locale => (
        <Language
          key={locale}
          locale={locale}
          isCover={kind === 'title'}
          shipped={view.shipped[locale][kind]}
          words={words[locale]}
          onChange={changed => setWords(now => ({ ...now, [locale]: { ...now[locale], ...changed } }))}
        />
      ))}
    </FormDialog>
  )
}

const linesOf = (words: PerLanguage<SlideWords>): readonly string[] =>
  DECK_LOCALES.flatMap(locale => Object.values(words[locale])).filter(text => text !== '')

type LanguageProps = Readonly<{
  locale: DeckLocale
  isCover: boolean
  shipped: ShippedSlides[TemplateKind]
  words: SlideWords
  onChange: (changed: Partial<SlideWords>) => void
}>

function Language({ locale, isCover, shipped, words, onChange }: LanguageProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const isShipped = Object.values(words).every(text => text === '')
  return (
    <LanguageFields locale={locale}>
      <Field
        label={t(isCover ? 'deck-brand.slides.coverTitle' : 'deck-brand.slides.slideTitle')}
        hint={t('deck-brand.slides.asShippedIs', { text: shipped.title })}
      >
        <Input value={words.title} lang={locale} maxLength={MOST_TITLE} onChange={(_, { value }) => onChange({ title: value })} />
      </Field>
      <Field label={t('deck-brand.slides.lead')} hint={t('deck-brand.slides.leadHelp')}>
        <Textarea
          value={words.lead}
          lang={locale}
          maxLength={MOST_LEAD}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => onChange({ lead: value })}
        />
      </Field>
      <Field label={t('deck-brand.slides.notes')} hint={t('deck-brand.slides.notesHelp')}>
        <Textarea
          value={words.notes}
          lang={locale}
          maxLength={MOST_NOTES}
          rows={3}
          resize="vertical"
          onChange={(_, { value }) => onChange({ notes: value })}
        />
      </Field>
      <details>
        <summary>{t('deck-brand.slides.notesShipped')}</summary>
        <p className={styles.shipped} lang={locale}>
          {shipped.notes}
        </p>
      </details>
      <div>
        <Button disabledFocusable={isShipped} onClick={() => onChange({ title: '', lead: '', notes: '' })}>
          {t('deck-brand.slides.asShipped', { language: languageName(locale) })}
        </Button>
      </div>
    </LanguageFields>
  )
}
