/** What the mails say, in each language. A new language is one more entry of `LETTERS` and `FOOTERS`. */

import { SURVEY_LETTERS, type SurveyMail } from '../surveys/letters.ts'

export type MailValues = {
  /** To a contact, who may read another language than people here. */
  survey: SurveyMail
  /** `invitedBy` null: the program itself, or nobody in particular. */
  invitation: Readonly<{ name: string; invitedBy: string | null; url: string; days: number }>
  'password-reset': Readonly<{ name: string; url: string; minutes: number }>
  test: Readonly<{ url: string }>
  /** One thing that concerns a person: what kind of thing, and the sentence about it. */
  notification: Readonly<{ name: string; title: string; line: string; url: string }>
  /** What was new for a person since the last one. `more`: how many are not listed; `url`: all of them. */
  digest: Readonly<{ name: string; lines: readonly Line[]; more: number; url: string }>
  /** A meeting or a series; `when` in words, `location` empty where there is none. `without-you`: it takes place, and is no longer asked for. */
  meeting: Readonly<{
    name: string
    what: 'new' | 'changed' | 'cancelled' | 'without-you'
    title: string
    when: string
    location: string
    organizer: string
    /** The review deck is attached. */
    hasDeck: boolean
    url: string
  }>
  /** The deck of a review, to those whom a calendar invited. */
  'review-deck': Readonly<{ name: string; title: string; when: string; organizer: string }>
  /** What a success review agreed, for a contact of the customer; empty lists say nothing. `sender`: who had it sent. */
  'review-summary': Readonly<{
    name: string
    customer: string
    sender: string
    experience: readonly Paragraph[]
    reducedSupport: readonly Paragraph[]
    why: readonly Paragraph[]
    momentum: readonly Item[]
    steps: readonly Item[]
    /** The customer needs no further activation: how to get help and how to come back. */
    isClosing: boolean
  }>
}
export type Paragraph = Readonly<{ paragraph: string }>
/** One line of a list, with pages that belong to it. */
export type Item = Readonly<{ line: string; links: readonly Line[] }>
export type Line = Readonly<{ line: string; url: string }>
export type MailKind = keyof MailValues
export type MailLocale = 'en' | 'pt-BR'

/** A mail before it becomes text and HTML. Subjects hold no values but titles of our own, so that nobody writes them but us. */
export type Letter = Readonly<{
  subject: string
  greeting: string
  before: readonly string[]
  /** A list between the sentences and the action. */
  lines?: readonly Line[]
  /** Below the sentences, each with its heading. */
  sections?: readonly Section[]
  action: Readonly<{ label: string; url: string }> | null
  after: readonly string[]
}>

export type Section = Readonly<{ title: string; paragraphs: readonly string[]; items: readonly Item[] }>

/** Sections that say something. */
const saying = (...sections: readonly (readonly [title: string, paragraphs: readonly Paragraph[], items: readonly Item[]])[]) =>
  sections
    .filter(([, paragraphs, items]) => paragraphs.length + items.length > 0)
    .map(([title, paragraphs, items]) => ({ title, paragraphs: paragraphs.map(each => each.paragraph), items }))

type Letters = Readonly<{ [K in MailKind]: (values: MailValues[K]) => Letter }>

/** Ends every mail. */
export const FOOTERS: Readonly<Record<MailLocale | 'es', string>> = {
  en: 'Impulso sent this mail by itself; nobody reads replies to it.',
  'pt-BR': 'O Impulso enviou este e-mail automaticamente; ninguém lê as respostas.',
  es: 'Impulso envió este correo automáticamente; nadie lee las respuestas.',
}

const unit = (locale: MailLocale, count: number, name: 'day' | 'minute') =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)

/** R12: how to reach support, and how to come back for new services. */
const HELP: Readonly<Record<MailLocale, readonly Paragraph[]>> = {
  en: [{ paragraph: 'Your administrators open requests for support in the Microsoft 365 admin center, under Help and support.' }],
  'pt-BR': [
    { paragraph: 'Seus administradores abrem chamados de suporte no centro de administração do Microsoft 365, em Ajuda e suporte.' },
  ],
}
const BACK: Readonly<Record<MailLocale, readonly Paragraph[]>> = {
  en: [{ paragraph: 'Whenever you plan to use more services, or to use one more widely, tell us: we begin again with a kick-off.' }],
  'pt-BR': [
    { paragraph: 'Sempre que planejar usar outros serviços, ou ampliar o uso de algum, fale conosco: recomeçamos com um kick-off.' },
  ],
}

export const LETTERS: Readonly<Record<MailLocale, Letters>> = {
  en: {
    survey: SURVEY_LETTERS.en,
    invitation: ({ name, invitedBy, url, days }) => ({
      subject: 'Your invitation to Impulso',
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [
        `${invitedBy ? `${invitedBy} has invited you` : 'You have been invited'} to Impulso, the customer-success portal of your organisation.`,
      ],
      action: { label: 'Accept the invitation', url },
      after: [
        `The link holds for ${unit('en', days, 'day')} and can be used once.`,
        'If you did not expect this invitation, leave it: without the link nobody gets in.',
      ],
    }),
    'password-reset': ({ name, url, minutes }) => ({
      subject: 'Choose a new password for Impulso',
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: ['Somebody, hopefully you, asked for a new password for your account in Impulso.'],
      action: { label: 'Choose a new password', url },
      after: [
        `The link holds for ${unit('en', minutes, 'minute')} and can be used once.`,
        'If it was not you, do nothing: your password stays as it is. Should it happen again, tell your administrator.',
      ],
    }),
    test: ({ url }) => ({
      subject: 'Test mail from Impulso',
      greeting: 'Hello,',
      before: ['An administrator sent this mail to see whether mail from Impulso arrives. It did: there is nothing to do.'],
      action: { label: 'Open Impulso', url },
      after: [],
    }),
    notification: ({ name, title, line, url }) => ({
      subject: `Impulso - ${title}`,
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [line],
      action: { label: 'Open it in Impulso', url },
      after: ['What you are told by mail, and when, is chosen under My account.'],
    }),
    digest: ({ name, lines, more, url }) => ({
      subject: 'Impulso - what is new for you',
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [lines.length === 1 ? 'This is new:' : 'These are new:'],
      lines,
      action: { label: 'See all notifications', url },
      after: [
        ...(more > 0 ? [`${more} more are not listed here; the link shows them.`] : []),
        'What you are told by mail, and when, is chosen under My account.',
      ],
    }),
    meeting: ({ name, what, title, when, location, organizer, hasDeck, url }) => ({
      subject: {
        new: 'Invitation to a meeting',
        changed: 'A meeting was changed',
        cancelled: 'A meeting was cancelled',
        'without-you': 'A meeting takes place without you',
      }[what],
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [
        {
          new: `${organizer} invites you to a meeting:`,
          changed: `${organizer} has changed a meeting:`,
          cancelled: `${organizer} has cancelled a meeting:`,
          'without-you': `${organizer} no longer needs you at this meeting:`,
        }[what],
        title,
        when,
        ...(location ? [location] : []),
        ...(hasDeck ? ['The presentation for it is attached.'] : []),
      ],
      action: what === 'new' || what === 'changed' ? { label: 'Answer: accept, decline or maybe', url } : null,
      after:
        what === 'new' || what === 'changed' ? ['Your calendar can take it from this mail as well.'] : ['Your calendar can take it out.'],
    }),
    'review-deck': ({ name, title, when, organizer }) => ({
      subject: 'Presentation for a meeting',
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [`${organizer} sends you the presentation for a meeting:`, title, when],
      action: null,
      after: ['It is attached to this mail; the invitation itself is in your calendar.'],
    }),
    'review-summary': ({ name, customer, sender, experience, reducedSupport, why, momentum, steps, isClosing }) => ({
      subject: 'What we agreed in the success review',
      greeting: name ? `Hello ${name},` : 'Hello,',
      before: [
        sender
          ? `${sender} sends you what was agreed in the success review of ${customer}.`
          : `This was agreed in the success review of ${customer}.`,
      ],
      sections: saying(
        ['What to expect from now on', experience, []],
        ['Support from now on', reducedSupport, []],
        ['Why', why, []],
        ['Keeping the momentum', [], momentum],
        ['Next steps', [], steps],
        ['When you need help', isClosing ? HELP.en : [], []],
        ['When you want more', isClosing ? BACK.en : [], []],
      ),
      action: null,
      after: [sender ? `Questions? Ask ${sender}.` : 'Questions? Ask whoever held the review with you.'],
    }),
  },
  'pt-BR': {
    survey: SURVEY_LETTERS['pt-BR'],
    invitation: ({ name, invitedBy, url, days }) => ({
      subject: 'Seu convite para o Impulso',
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [
        `${invitedBy ? `${invitedBy} convidou você` : 'Você recebeu um convite'} para o Impulso, o portal de sucesso do cliente da sua organização.`,
      ],
      action: { label: 'Aceitar o convite', url },
      after: [
        `O link vale por ${unit('pt-BR', days, 'day')} e só pode ser usado uma vez.`,
        'Se você não esperava este convite, ignore-o: sem o link ninguém entra.',
      ],
    }),
    'password-reset': ({ name, url, minutes }) => ({
      subject: 'Escolha uma nova senha do Impulso',
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: ['Alguém, esperamos que você, pediu uma nova senha para a sua conta no Impulso.'],
      action: { label: 'Escolher uma nova senha', url },
      after: [
        `O link vale por ${unit('pt-BR', minutes, 'minute')} e só pode ser usado uma vez.`,
        'Se não foi você, não faça nada: sua senha continua a mesma. Se acontecer de novo, avise seu administrador.',
      ],
    }),
    test: ({ url }) => ({
      subject: 'E-mail de teste do Impulso',
      greeting: 'Olá!',
      before: ['Um administrador enviou este e-mail para verificar se os e-mails do Impulso chegam. Este chegou: não há nada a fazer.'],
      action: { label: 'Abrir o Impulso', url },
      after: [],
    }),
    notification: ({ name, title, line, url }) => ({
      subject: `Impulso - ${title}`,
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [line],
      action: { label: 'Abrir no Impulso', url },
      after: ['O que você recebe por e-mail, e quando, é escolhido em Minha conta.'],
    }),
    digest: ({ name, lines, more, url }) => ({
      subject: 'Impulso - as novidades para você',
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [lines.length === 1 ? 'Esta é a novidade:' : 'Estas são as novidades:'],
      lines,
      action: { label: 'Ver todos os avisos', url },
      after: [
        ...(more > 0 ? [`Outros ${more} não estão nesta lista; o link mostra todos.`] : []),
        'O que você recebe por e-mail, e quando, é escolhido em Minha conta.',
      ],
    }),
    meeting: ({ name, what, title, when, location, organizer, hasDeck, url }) => ({
      subject: {
        new: 'Convite para uma reunião',
        changed: 'Uma reunião foi alterada',
        cancelled: 'Uma reunião foi cancelada',
        'without-you': 'Uma reunião acontece sem você',
      }[what],
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [
        {
          new: `${organizer} convida você para uma reunião:`,
          changed: `${organizer} alterou uma reunião:`,
          cancelled: `${organizer} cancelou uma reunião:`,
          'without-you': `${organizer} não precisa mais de você nesta reunião:`,
        }[what],
        title,
        when,
        ...(location ? [location] : []),
        ...(hasDeck ? ['A apresentação dela está em anexo.'] : []),
      ],
      action: what === 'new' || what === 'changed' ? { label: 'Responder: aceitar, recusar ou talvez', url } : null,
      after:
        what === 'new' || what === 'changed'
          ? ['Seu calendário também pode aceitá-la a partir deste e-mail.']
          : ['Seu calendário pode retirá-la.'],
    }),
    'review-deck': ({ name, title, when, organizer }) => ({
      subject: 'Apresentação de uma reunião',
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [`${organizer} envia a você a apresentação de uma reunião:`, title, when],
      action: null,
      after: ['Ela está anexada a este e-mail; o convite está no seu calendário.'],
    }),
    'review-summary': ({ name, customer, sender, experience, reducedSupport, why, momentum, steps, isClosing }) => ({
      subject: 'O que combinamos na revisão de sucesso',
      greeting: name ? `Olá, ${name}!` : 'Olá!',
      before: [
        sender
          ? `${sender} envia o que foi combinado na revisão de sucesso de ${customer}.`
          : `Isto foi combinado na revisão de sucesso de ${customer}.`,
      ],
      sections: saying(
        ['O que esperar daqui em diante', experience, []],
        ['O suporte daqui em diante', reducedSupport, []],
        ['Por quê', why, []],
        ['Para manter o ritmo', [], momentum],
        ['Próximos passos', [], steps],
        ['Quando precisar de ajuda', isClosing ? HELP['pt-BR'] : [], []],
        ['Quando quiser mais', isClosing ? BACK['pt-BR'] : [], []],
      ),
      action: null,
      after: [sender ? `Dúvidas? Fale com ${sender}.` : 'Dúvidas? Fale com quem conduziu a revisão com você.'],
    }),
  },
}

/** Kinds of which there is a letter in Spanish: those to contacts who read no language of ours. */
export const SPANISH: Readonly<Partial<Letters>> = { survey: SURVEY_LETTERS.es }
