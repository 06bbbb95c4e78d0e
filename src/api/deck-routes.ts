import { z } from 'zod'
import { changeBrand, changeLogo, getBrand, mayChangeBrand } from '../app/decks/brand.ts'
import { changeDeck, downloadDeck, getDeck, takeDeckData } from '../app/decks/decks.ts'
import { changeTemplates, getTemplates } from '../app/decks/templates.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import { DECK_FORMATS } from '../model/deck.ts'
import { ChangeDeck, ChangeDeckBrand, ChangeDeckTemplates, LOGO_BYTES, TakeData } from '../model/deck-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })

/** The deck of a success review. */
export const DECK_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/review/deck',
    summary: 'The slides of the review deck with what stands on them, and the data they are made from',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'ReviewDeck',
    run: ({ context, actor, params }) => getDeck(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/review/deck',
    summary: 'Choose and order the slides of the review deck, its language and the texts typed for it',
    rights: rightsTo('build-deck'),
    params: customer,
    body: ChangeDeck,
    answer: 'ReviewDeck',
    run: ({ context, actor, params, body }) => changeDeck(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/review/deck/data',
    summary: 'Keep what is known now as the data of the review deck',
    rights: rightsTo('build-deck'),
    params: customer,
    body: TakeData,
    answer: 'ReviewDeck',
    run: ({ context, actor, params, body }) => takeDeckData(context.app, actor, { ...body, customerId: params.id }),
  }),
  fileRoute({
    method: 'get',
    path: '/customers/:id/review/deck/:format',
    summary: 'The review deck as a file: pptx to be presented and changed, pdf to be sent',
    rights: rightsTo('export-customer'),
    params: customer.extend({ format: z.enum(DECK_FORMATS) }),
    run: ({ context, actor, params }) => downloadDeck(context.app, actor, { customerId: params.id, format: params.format }),
  }),
  route({
    method: 'get',
    path: '/settings/deck',
    summary: 'Name, colour and logo on every review deck',
    rights: rightsTo('change-settings'),
    answer: 'DeckBrand',
    run: ({ context, actor }) => getBrand(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/settings/deck',
    summary: 'Change name and colour on every review deck',
    rights: rightsTo('change-settings'),
    body: ChangeDeckBrand,
    answer: 'DeckBrand',
    run: ({ context, actor, body }) => changeBrand(context.app, actor, body),
  }),
  route({
    method: 'put',
    path: '/settings/deck/logo',
    summary: 'Change the logo on every review deck: a PNG or JPEG of at most 512 KiB',
    rights: rightsTo('change-settings'),
    admit: async ({ actor }) => mayChangeBrand(actor),
    fileBytes: LOGO_BYTES,
    answer: 'DeckBrand',
    run: ({ context, actor, file }) => changeLogo(context.app, actor, file),
  }),
  route({
    method: 'delete',
    path: '/settings/deck/logo',
    summary: 'Take the logo off the review decks',
    rights: rightsTo('change-settings'),
    answer: 'DeckBrand',
    run: ({ context, actor }) => changeLogo(context.app, actor, null),
  }),
  route({
    method: 'get',
    path: '/settings/deck/templates',
    summary: 'What the slides of every review deck say in place of what is shipped, slides of this installation among them',
    rights: rightsTo('change-settings'),
    answer: 'DeckTemplateSlides',
    run: ({ context, actor }) => getTemplates(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/settings/deck/templates',
    summary: 'Change what the slides of every review deck say, and the slides of this installation',
    rights: rightsTo('change-settings'),
    body: ChangeDeckTemplates,
    answer: 'DeckTemplateSlides',
    run: ({ context, actor, body }) => changeTemplates(context.app, actor, body),
  }),
]
