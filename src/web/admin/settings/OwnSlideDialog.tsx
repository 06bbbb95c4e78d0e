import { Field, Input, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DECK_LOCALES, type DeckLocale, MOST_SLIDE_TEXT, MOST_TITLE, type OwnSlide, TemplateKind } from '../../../model/deck.ts'
import type { DeckTemplatesView } from '../../../model/deck-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { SlideNames, TemplatesWrite } from './DeckTemplates.tsx'
import { findOwn, isBlank, type OwnDraft, perLanguage, withOwn } from './deck-templates.ts'
import { LanguageFields } from './LanguageFields.tsx'
import { TheirSlide } from './TheirSlide.tsx'
import { useBase } from './use-base.ts'

type Props = Readonly<{
  view: DeckTemplatesView
  id: OwnSlide['id']
  isNew: boolean
  names: SlideNames
  write: TemplatesWrite
  onClose: () => void
}>

const NEW: OwnDraft = { after: 'title', words: perLanguage(() => ({ title: '', text: '' })) }

/** A slide of the installation: where it stands, and what it says in each language. */
export function OwnSlideDialog({ view, id, isNew, names, write: { save }, onClose }: Props) {
  const { t } = useTranslation()
  const { base, theirs } = useBase(view, save.error)
  const [draft, setDraft] = useState(() => findOwn(view.templates, id) ?? NEW)
  const [tried, setTried] = useState(false)
  const { words } = draft
  const isEmpty = DECK_LOCALES.every(locale => isBlank(words[locale]))
  /** Of a language that is begun, or of the first one when none is. */
  const lacks = (locale: DeckLocale, what: 'title' | 'text') =>
    tried && words[locale][what].trim() === '' && (isEmpty ? locale === DECK_LOCALES[0] : !isBlank(words[locale]))
  const leave = () => {
    save.reset()
    onClose()
  }
  const run = () => {
    setTried(true)
    const isHalf = DECK_LOCALES.some(
      locale => !isBlank(words[locale]) && (words[locale].title.trim() === '' || words[locale].text.trim() === ''),
    )
    if (isEmpty || isHalf) return
    save.mutate({ templates: withOwn(base.templates, id, draft), version: base.version }, { onSuccess: leave })
  }
  const become = (locale: DeckLocale, changed: Partial<OwnDraft['words']['en']>) =>
    setDraft(now => ({ ...now, words: { ...now.words, [locale]: { ...now.words[locale], ...changed } } }))
  return (
    <FormDialog
      title={t(isNew ? 'deck-brand.slides.add' : 'deck-brand.slides.change')}
      onClose={leave}
      submit={{ label: t(theirs ? 'conflict.saveMine' : 'deck-brand.save'), run, isBusy: save.isPending }}
      error={theirs ? undefined : save.error}
    >
      <TheirSlide lines={theirs && linesOf(findOwn(theirs, id))} onKeep={leave} />
      <Field label={t('deck-brand.slides.after')} hint={t('deck-brand.slides.afterHelp')}>
        <Select
          value={draft.after}
          onChange={(_, { value }) => setDraft(now => ({ ...now, after: value as TemplateKind }))} // the options are these
        >
          {TemplateKind.options.map(kind => (
            <option key={kind} value={kind}>
              {names[kind]}
            </option>
          ))}
        </Select>
      </Field>
      {DECK_LOCALES.map(locale => (
        <LanguageFields key={locale} locale={locale}>
          <Field
            label={t('deck-brand.slides.slideTitle')}
            {...(lacks(locale, 'title') && { validationMessage: t('deck-brand.slides.titleNeeded') })}
          >
            <Input
              value={words[locale].title}
              lang={locale}
              maxLength={MOST_TITLE}
              onChange={(_, { value }) => become(locale, { title: value })}
            />
          </Field>
          <Field
            label={t('deck-brand.slides.text')}
            hint={t('deck-brand.slides.textHelp')}
            {...(lacks(locale, 'text') && { validationMessage: t('deck-brand.slides.textNeeded') })}
          >
            <Textarea
              value={words[locale].text}
              lang={locale}
              maxLength={MOST_SLIDE_TEXT}
              rows={5}
              resize="vertical"
              onChange={(_, { value }) => become(locale, { text: value })}
            />
          </Field>
        </LanguageFields>
      ))}
    </FormDialog>
  )
}

const linesOf = (draft: OwnDraft | undefined): readonly string[] =>
  draft ? DECK_LOCALES.flatMap(locale => Object.values(draft.words[locale])).filter(text => text !== '') : []
