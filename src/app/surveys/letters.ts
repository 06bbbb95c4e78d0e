import type { SurveyLanguage } from '../../model/survey.ts'
import type { Letter } from '../mail/sentences.ts'

export type SurveyMail = Readonly<{
  name: string
  /** Who looks after the customer; empty: nobody in particular. */
  sender: string
  /** What the installation adds, in one line; empty: nothing. */
  line: string
  /** The last day, as the reader writes days. */
  until: string
  isReminder: boolean
  url: string
}>

/** The invitation to the survey and its one reminder, in the language of the contact. */
export const SURVEY_LETTERS: Readonly<Record<SurveyLanguage, (values: SurveyMail) => Letter>> = {
  en: ({ name, sender, line, until, isReminder, url }) => ({
    subject: isReminder ? 'Reminder - how we work together' : 'How we work together - a short survey',
    greeting: name ? `Hello ${name},` : 'Hello,',
    before: [
      isReminder
        ? 'Some time ago we asked you how you found our work together. There is still time to tell us, and we will not remind you again.'
        : 'We would like to know how you find our work together: six short questions, of which one is enough.',
      ...(line ? [line] : []),
      ...(sender ? [`With thanks, ${sender}`] : []),
    ],
    action: { label: 'Answer the survey', url },
    after: [`The link is yours alone and holds until ${until}.`, 'On its page you can also ask not to be asked again.'],
  }),
  'pt-BR': ({ name, sender, line, until, isReminder, url }) => ({
    subject: isReminder ? 'Lembrete - nosso trabalho em conjunto' : 'Nosso trabalho em conjunto - uma pesquisa curta',
    greeting: name ? `Olá, ${name}!` : 'Olá!',
    before: [
      isReminder
        ? 'Há algum tempo perguntamos o que você acha do nosso trabalho em conjunto. Ainda dá tempo de responder, e não enviaremos outro lembrete.'
        : 'Gostaríamos de saber o que você acha do nosso trabalho em conjunto: seis perguntas curtas, das quais uma já basta.',
      ...(line ? [line] : []),
      ...(sender ? [`Obrigado, ${sender}`] : []),
    ],
    action: { label: 'Responder à pesquisa', url },
    after: [`O link é só seu e vale até ${until}.`, 'Na página dele também é possível pedir para não ser mais consultado.'],
  }),
  es: ({ name, sender, line, until, isReminder, url }) => ({
    subject: isReminder ? 'Recordatorio - nuestro trabajo en común' : 'Nuestro trabajo en común - una encuesta breve',
    greeting: name ? `Hola, ${name}:` : 'Hola:',
    before: [
      isReminder
        ? 'Hace un tiempo le preguntamos qué opina de nuestro trabajo en común. Todavía puede responder, y no enviaremos otro recordatorio.'
        : 'Nos gustaría saber qué opina de nuestro trabajo en común: seis preguntas breves, de las que basta con una.',
      ...(line ? [line] : []),
      ...(sender ? [`Gracias, ${sender}`] : []),
    ],
    action: { label: 'Responder la encuesta', url },
    after: [`El enlace es solo suyo y vale hasta el ${until}.`, 'En su página también puede pedir que no volvamos a preguntarle.'],
  }),
}
