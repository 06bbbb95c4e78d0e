import type { DeckBrandView, DeckTemplatesView, DeckView } from '../model/deck-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso/review/deck'
const NOBODY = '/customers/nobody/review/deck'
const chosen = { locale: 'en', slides: ['title', 'usage'], narratives: { usage: 'Teams leads.' }, version: 0 }

const version = async (api: TestApi): Promise<number> => {
  const response = await api.send('get', { path: HERE }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return ((await response.json()) as DeckView).version
}
async function taken(api: TestApi): Promise<void> {
  const response = await api.send('post', { path: `${HERE}/data`, body: { version: await version(api) } }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
}

/** One white pixel. */
const PNG = Uint8Array.from(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC', 'base64'),
)
const brand = { name: 'Contoso Partners', colour: '#0f6cbd', version: 0 }
const brandVersion = async (api: TestApi): Promise<number> => {
  const response = await api.send('get', { path: '/settings/deck' }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as DeckBrandView).version
}

const TEMPLATES = '/settings/deck/templates'
const about = { id: 'about-us', after: 'title', title: 'About us', text: 'Who we are.\n- Adoption\n- Training' }
const templates = {
  en: { slides: { usage: { title: 'Who uses what', lead: 'Of the last month.', notes: 'Let them tell.' } }, own: [about] },
}
const templatesVersion = async (api: TestApi): Promise<number> => {
  const response = await api.send('get', { path: TEMPLATES }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as DeckTemplatesView).version
}

/** One entry per route of `deck-routes.ts`, for `routes.test.ts`. */
export const DECK_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/review/deck': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/review/deck' }],
    missing: [{ path: NOBODY }],
  },
  'put /customers/:id/review/deck': {
    good: async api => ({ path: HERE, body: { ...chosen, version: await version(api) } }),
    bad: [
      { path: HERE, body: { ...chosen, locale: 'fr' } },
      { path: HERE, body: { ...chosen, slides: [] } },
      { path: HERE, body: { ...chosen, slides: ['usage', 'usage'] } },
      { path: HERE, body: { ...chosen, slides: ['sources'] } },
      { path: HERE, body: { ...chosen, narratives: { unheard: 'x' } } },
      { path: HERE, body: { ...chosen, version: 99_999 } },
    ],
    missing: [{ path: NOBODY, body: chosen }],
  },
  'post /customers/:id/review/deck/data': {
    good: async api => ({ path: `${HERE}/data`, body: { version: await version(api) } }),
    bad: [
      { path: `${HERE}/data`, body: {} },
      { path: `${HERE}/data`, body: { version: 99_999 } },
    ],
    missing: [{ path: `${NOBODY}/data`, body: { version: 0 } }],
  },
  'get /customers/:id/review/deck/:format': {
    good: async api => {
      await taken(api)
      return { path: `${HERE}/pptx` }
    },
    bad: [{ path: `${HERE}/odp` }],
    missing: [{ path: `${NOBODY}/pdf` }],
  },
  'get /settings/deck': { good: () => ({ path: '/settings/deck' }), bad: [], missing: [] },
  'put /settings/deck': {
    good: async api => ({ path: '/settings/deck', body: { ...brand, version: await brandVersion(api) } }),
    bad: [
      { path: '/settings/deck', body: { ...brand, colour: 'blue' } },
      { path: '/settings/deck', body: { ...brand, name: ' ' } },
      { path: '/settings/deck', body: { ...brand, version: 99_999 } },
    ],
    missing: [],
  },
  'put /settings/deck/logo': {
    good: () => ({ path: '/settings/deck/logo', file: PNG }),
    bad: [
      { path: '/settings/deck/logo', file: '<svg></svg>' },
      { path: '/settings/deck/logo', file: '' },
    ],
    missing: [],
  },
  'delete /settings/deck/logo': { good: () => ({ path: '/settings/deck/logo' }), bad: [], missing: [] },
  'get /settings/deck/templates': { good: () => ({ path: TEMPLATES }), bad: [], missing: [] },
  'put /settings/deck/templates': {
    good: async api => ({ path: TEMPLATES, body: { templates, version: await templatesVersion(api) } }),
    bad: [
      { path: TEMPLATES, body: { templates: { fr: {} }, version: 0 } },
      { path: TEMPLATES, body: { templates: { en: { slides: { sources: { title: 'Trust us' } } } }, version: 0 } },
      { path: TEMPLATES, body: { templates: { en: { slides: { usage: { title: 'x'.repeat(121) } } } }, version: 0 } },
      { path: TEMPLATES, body: { templates: { en: { own: [about, about] } }, version: 0 } },
      { path: TEMPLATES, body: { templates: { en: { own: [{ ...about, after: 'sources' }] } }, version: 0 } },
      { path: TEMPLATES, body: { templates, version: 99_999 } },
    ],
    missing: [],
  },
}
