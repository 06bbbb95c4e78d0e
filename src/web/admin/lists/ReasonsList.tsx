import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason, ReasonsView } from '../../../model/success-plan-api.ts'
import { LANGUAGES, languageName } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { focusOnceDrawn } from '../../ui/focus-back.ts'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { LostDialog } from './LostReasons.tsx'
import { reasonsQuery } from './queries.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ReasonVersions } from './ReasonVersions.tsx'
import { isRetired, moved, withRetired } from './reason-list.ts'
import { useReasons } from './use-reasons.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
  arrow: { minWidth: '32px' },
})

type Asked = { is: 'nothing' } | { is: 'versions' } | { is: 'add'; seen: ReasonsView } | { is: 'change'; seen: ReasonsView; reason: Reason }
const NOTHING: Asked = { is: 'nothing' }

/** Reasons for blockers and for seats without use, in the order in which they are offered. */
export function ReasonsList({ refusal }: { refusal: string | undefined }) {
  const { data, error, refetch } = useQuery(reasonsQuery)
  if (data) return <List view={data} refusal={refusal} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 44, 44, 44, 44, 44]} />
}

function List({ view, refusal }: { view: ReasonsView; refusal: string | undefined }) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reasons = useReasons()
  const [asked, setAsked] = useState<Asked>(NOTHING)
  const close = () => {
    reasons.giveUp()
    setAsked(NOTHING)
  }
  const shown = view.reasons.filter(each => !isRetired(each))
  const retired = view.reasons.filter(isRetired)
  const nameOf = ({ text, id }: Reason) => formats.text(text, id)
  const move = (reason: Reason, way: 'up' | 'down') => {
    const place = shown.indexOf(reason) + (way === 'up' ? 0 : 2)
    reasons.write({
      seen: view,
      change: moved(reason.id, way),
      done: t('lists.moved', { place: formats.number(place), count: formats.number(shown.length) }),
      // What moves in the page loses the focus.
      onDone: () => focusOnceDrawn(arrowId(reason.id, way)),
    })
  }
  const retire = (reason: Reason, is: boolean) =>
    reasons.write({
      seen: view,
      change: withRetired(reason.id, is),
      done: t(is ? 'lists.isRetired' : 'lists.isBack', { reason: nameOf(reason) }),
      onDone: () => focusOnceDrawn(ADD),
    })
  const texts: readonly Column<Reason>[] = [
    // The reader's own first: it names the row.
    ...[...LANGUAGES]
      .sort((a, b) => Number(b === i18n.language) - Number(a === i18n.language))
      .map(tag => ({
        id: tag,
        head: languageName(tag),
        cell: ({ text }: Reason) => <span lang={tag}>{text[tag === 'pt-BR' ? tag : 'en']}</span>,
      })),
    {
      id: 'uses',
      head: t('lists.uses'),
      cell: ({ uses }) => (uses.length === 0 ? t('lists.noUse') : uses.map(use => t(`lists.use.${use}`)).join(', ')),
    },
  ]
  return (
    <>
      <div className={styles.bar}>
        <ActionButton
          id={ADD}
          appearance="primary"
          icon={<Add20Regular />}
          refusal={refusal}
          onClick={() => setAsked({ is: 'add', seen: view })}
        >
          {t('lists.addReason')}
        </ActionButton>
        <Button aria-haspopup="dialog" onClick={() => setAsked({ is: 'versions' })}>
          {t('lists.versions')}
        </Button>
        <p className={styles.quiet}>{standing(view)}</p>
      </div>
      {asked.is === 'nothing' && <LostDialog reasons={reasons} />}
      {shown.length === 0 ? (
        <Notice title={t('lists.noReasons')}>{t('lists.noReasonsHelp')}</Notice>
      ) : (
        <DataTable
          label={t('lists.name.reasons')}
          rows={shown}
          keyOf={({ id }) => id}
          columns={[
            ...texts,
            {
              id: 'actions',
              head: t('admin.actions'),
              cell: reason => {
                const [name, at] = [nameOf(reason), shown.indexOf(reason)]
                return (
                  <span className={styles.actions}>
                    {(['up', 'down'] as const).map(way => (
                      <ActionButton
                        key={way}
                        id={arrowId(reason.id, way)}
                        className={styles.arrow}
                        size="small"
                        refusal={refusal ?? endOf(way, at)}
                        aria-label={t(`lists.move.${way}`, { reason: name })}
                        onClick={() => move(reason, way)}
                      >
                        {way === 'up' ? '↑' : '↓'}
                      </ActionButton>
                    ))}
                    <ActionButton
                      size="small"
                      refusal={refusal}
                      aria-label={t('lists.changeOf', { what: name })}
                      onClick={() => setAsked({ is: 'change', seen: view, reason })}
                    >
                      {t('admin.change')}
                    </ActionButton>
                    <ActionButton
                      size="small"
                      refusal={refusal}
                      aria-label={t('lists.retireOf', { reason: name })}
                      onClick={() => retire(reason, true)}
                    >
                      {t('lists.retire')}
                    </ActionButton>
                  </span>
                )
              },
            },
          ]}
        />
      )}
      {retired.length > 0 && (
        <>
          <Subtitle2 as="h3">{t('lists.retired')}</Subtitle2>
          <p className={styles.quiet}>{t('lists.retiredHelp')}</p>
          <DataTable
            label={t('lists.retired')}
            rows={retired}
            keyOf={({ id }) => id}
            columns={[
              ...texts,
              {
                id: 'actions',
                head: t('admin.actions'),
                cell: reason => (
                  <ActionButton
                    size="small"
                    refusal={refusal}
                    aria-label={t('lists.bringBackOf', { reason: nameOf(reason) })}
                    onClick={() => retire(reason, false)}
                  >
                    {t('lists.bringBack')}
                  </ActionButton>
                ),
              },
            ]}
          />
        </>
      )}
      {(asked.is === 'add' || asked.is === 'change') && (
        <ReasonDialog seen={asked.seen} {...(asked.is === 'change' ? { reason: asked.reason } : {})} reasons={reasons} onClose={close} />
      )}
      {asked.is === 'versions' && <ReasonVersions view={view} refusal={refusal} reasons={reasons} onClose={close} />}
    </>
  )

  function endOf(way: 'up' | 'down', at: number): string | undefined {
    if (way === 'up') return at === 0 ? t('lists.isFirst') : undefined
    return at === shown.length - 1 ? t('lists.isLast') : undefined
  }

  function standing({ version, versions: [newest] }: ReasonsView): string {
    if (!newest) return t('lists.shipped')
    return t('lists.standing', { version: formats.number(version), who: newest.by, when: formats.moment(newest.at) })
  }
}

const ADD = 'add-reason'
const arrowId = (reason: string, way: 'up' | 'down') => `move-${reason}-${way}`
