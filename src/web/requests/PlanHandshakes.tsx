import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandshakeView } from '../../model/handshake-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { HandshakeCard } from './HandshakeCard.tsx'
import type { HandshakeWrite } from './handshake-writes.ts'
import { customerHandshakesQuery } from './queries.ts'

// Nobody sees a dialog before asking for one.
const HandshakeDialog = lazy(() => import('./HandshakeDialog.tsx'))
const OfferDialog = lazy(() => import('./OfferDialog.tsx'))

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  list: {
    listStyleType: 'none',
    margin: '8px 0 0',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
})

type Asked = { is: 'nothing' } | { is: 'offer' } | { is: HandshakeWrite['is']; handshake: HandshakeView }

/** What is handed over to the customer success manager: offers, answers, and what may be offered. Nothing where that does not arise. */
export function PlanHandshakes({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: view } = useQuery(customerHandshakesQuery(customer))
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  if (!view) return null
  // The newest of each service; those taken back say nothing any more.
  const shown = view.handshakes.filter(
    (each, at) => each.state !== 'withdrawn' && view.handshakes.findIndex(other => other.service === each.service) === at,
  )
  const free = view.services.filter(each => each.offer.ok)
  if (shown.length === 0 && free.length === 0) return null
  const [first] = view.services
  const refusal = free.length > 0 || !first || first.offer.ok ? undefined : formats.text(first.offer.reason)
  const close = () => setAsked({ is: 'nothing' })
  return (
    <section aria-labelledby="handshakes">
      <div className={styles.head}>
        <Subtitle2 as="h2" id="handshakes" tabIndex={-1} data-handshakes>
          {t('requests.handshakes')}
        </Subtitle2>
        <ActionButton size="small" refusal={refusal} onClick={() => setAsked({ is: 'offer' })}>
          {t('requests.offerTo')}
        </ActionButton>
      </div>
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map(handshake => (
            <HandshakeCard key={handshake.id} handshake={handshake} isOfCustomer onAsk={is => setAsked({ is, handshake })} />
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {asked.is === 'offer' && <OfferDialog view={view} onClose={close} />}
        {asked.is !== 'offer' && asked.is !== 'nothing' && <HandshakeDialog handshake={asked.handshake} is={asked.is} onClose={close} />}
      </Suspense>
    </section>
  )
}
