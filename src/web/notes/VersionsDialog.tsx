import { Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { diffLines } from './diff.ts'
import { versionsQuery } from './queries.ts'

const useStyles = makeStyles({
  lines: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  added: { backgroundColor: tokens.colorPaletteGreenBackground1 },
  removed: { backgroundColor: tokens.colorPaletteRedBackground1, textDecorationLine: 'line-through' },
})

/** How a note read before, and what became of one version in another. */
export default function VersionsDialog({ customer, note, onClose }: { customer: string; note: string; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error } = useQuery(versionsQuery(customer, note))
  const versions = data?.versions ?? []
  const [chosen, setChosen] = useState<{ from?: number; to?: number }>({})
  const to = chosen.to ?? versions[0]?.version
  const from = chosen.from ?? versions[1]?.version ?? to
  const textOf = (version: number | undefined) => versions.find(each => each.version === version)?.body ?? ''
  return (
    <FormDialog title={t('notes.versions')} onClose={onClose} error={error}>
      {(['from', 'to'] as const).map(side => (
        <Field key={side} label={t(`notes.${side}`)}>
          <Select
            value={String(side === 'from' ? from : to)}
            onChange={(_, { value }) => setChosen(now => ({ ...now, [side]: Number(value) }))}
          >
            {versions.map(each => (
              <option key={each.version} value={each.version}>
                {t('notes.versionBy', { version: formats.number(each.version), who: each.by, when: formats.moment(each.at) })}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      <div className={styles.lines}>
        {diffLines(textOf(from), textOf(to)).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and the list is drawn anew as a whole
          <div key={index} className={line.is === 'same' ? undefined : styles[line.is]}>
            {line.is !== 'same' && <Hidden>{t(`notes.line.${line.is}`)} </Hidden>}
            {line.is === 'added' ? '+ ' : line.is === 'removed' ? '− ' : '  '}
            {line.text}
          </div>
        ))}
      </div>
    </FormDialog>
  )
}
