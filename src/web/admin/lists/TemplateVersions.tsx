import { Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageName } from '../../i18n.ts'
import { diffLines } from '../../notes/diff.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Hidden } from '../../ui/Visually.tsx'
import { planLines } from './plan-draft.ts'
import { type TemplateKind, templateVersionsQuery } from './queries.ts'
import { useServiceNames } from './service-names.ts'
import { type Content, useTemplates } from './use-templates.ts'

const useStyles = makeStyles({
  lines: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  added: { backgroundColor: tokens.colorPaletteGreenBackground1 },
  removed: { backgroundColor: tokens.colorPaletteRedBackground1, textDecorationLine: 'line-through' },
})

type Props = { kind: TemplateKind; id: string; title: string; version: number; refusal: string | undefined; onClose: () => void }

/** How a template was, by whom and when, what became of it since, and the way back. */
export default function TemplateVersions({ kind, id, title, version, refusal, onClose }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { nameOf } = useServiceNames()
  const { save, said } = useTemplates(kind)
  const { data, error } = useQuery(templateVersionsQuery(kind, id))
  const versions = data?.versions ?? []
  const [chosen, setChosen] = useState<number>()
  const earlier = versions.find(each => each.seq === (chosen ?? versions[1]?.seq))
  const [newest] = versions
  const linesOf = (content: Content | null | undefined) =>
    content
      ? [`${content.title} (${languageName(content.language)})`, kind === 'note' ? content.body : planLines(content.body, nameOf)].join(
          '\n',
        )
      : ''
  const goBack = (content: Content) =>
    save.mutate(
      { id, content, version },
      {
        onSuccess: view => {
          const now = view.templates.find(each => each.id === id)?.version
          said(
            t('lists.saved', { what: content.title }),
            newest?.content && now !== undefined ? { id, content: newest.content, version: now } : undefined,
          )
          onClose()
        },
      },
    )
  return (
    <FormDialog title={t('lists.versionsOf', { what: title })} onClose={onClose} error={error ?? save.error}>
      {!data && !error && <Skeletons heights={[44, 120]} />}
      {data && (
        <Field label={t('lists.version')}>
          <Select value={String(earlier?.seq ?? newest?.seq)} onChange={(_, { value }) => setChosen(Number(value))}>
            {versions.map(({ seq, content, by, at }) => (
              <option key={seq} value={seq}>
                {t(content ? 'lists.versionBy' : 'lists.removedBy', { version: formats.number(seq), who: by, when: formats.moment(at) })}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {data && (!earlier || earlier === newest) && <p>{t('lists.isNow')}</p>}
      {earlier && earlier !== newest && (
        <>
          <section aria-label={t('lists.since')}>
            <strong>{t('lists.since')}</strong>
            <div className={styles.lines}>
              {diffLines(linesOf(earlier.content), linesOf(newest?.content)).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and the list is drawn anew as a whole
                <div key={index} className={line.is === 'same' ? undefined : styles[line.is]}>
                  {line.is !== 'same' && <Hidden>{t(`lists.line.${line.is}`)} </Hidden>}
                  {line.is === 'added' ? '+ ' : line.is === 'removed' ? '− ' : '  '}
                  {line.text}
                </div>
              ))}
            </div>
          </section>
          {earlier.content && (
            <div>
              <ActionButton refusal={refusal} disabledFocusable={save.isPending} onClick={() => earlier.content && goBack(earlier.content)}>
                {t('lists.goBack')}
              </ActionButton>
            </div>
          )}
        </>
      )}
    </FormDialog>
  )
}
