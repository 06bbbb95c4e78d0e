/** What the mails say, in each language. A new language is one more entry of `LETTERS` and `FOOTERS`. */

export type MailValues = {
  /** `invitedBy` null: the program itself, or nobody in particular. */
  invitation: Readonly<{ name: string; invitedBy: string | null; url: string; days: number }>
  'password-reset': Readonly<{ name: string; url: string; minutes: number }>
  test: Readonly<{ url: string }>
}
export type MailKind = keyof MailValues
export type MailLocale = 'en' | 'pt-BR'

/** A mail before it becomes text and HTML. Subjects hold no values, so that nobody writes them but us. */
export type Letter = Readonly<{
  subject: string
  greeting: string
  before: readonly string[]
  action: Readonly<{ label: string; url: string }> | null
  after: readonly string[]
}>

type Letters = Readonly<{ [K in MailKind]: (values: MailValues[K]) => Letter }>

/** Ends every mail. */
export const FOOTERS: Readonly<Record<MailLocale, string>> = {
  en: 'Impulso sent this mail by itself; nobody reads replies to it.',
  'pt-BR': 'O Impulso enviou este e-mail automaticamente; ninguém lê as respostas.',
}

const unit = (locale: MailLocale, count: number, name: 'day' | 'minute') =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)

export const LETTERS: Readonly<Record<MailLocale, Letters>> = {
  en: {
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
  },
  'pt-BR': {
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
  },
}
