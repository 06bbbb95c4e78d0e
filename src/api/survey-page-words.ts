import type { SurveyLanguage, SurveyRating } from '../model/survey.ts'

type Words = Readonly<{
  /** Of the language, in itself. */
  name: string
  languages: string
  title: string
  lead: (name: string) => string
  until: (day: string) => string
  questions: Readonly<Record<SurveyRating | 'recommend' | 'comment', string>>
  /** From 1 to 5. */
  scale: readonly [string, string, string, string, string]
  /** What 0 and 10 mean. */
  ends: string
  optional: string
  use: string
  send: string
  wrong: string
  faults: Readonly<Record<SurveyRating | 'recommend' | 'comment', string>>
  thanks: string
  kept: string
  once: string
  missing: string
  stopLink: string
  stopTitle: string
  stopAsk: string
  stopSend: string
  stopped: string
}>

const one = (text: string) => ({ responsiveness: text, expertise: text, usefulness: text })

/** What the page says on which a contact answers. */
export const SURVEY_PAGE_WORDS: Readonly<Record<SurveyLanguage, Words>> = {
  en: {
    name: 'English',
    languages: 'Other languages',
    title: 'How do you find our work together?',
    lead: name => `${name}, thank you for taking a moment. Only the first question needs an answer.`,
    until: day => `You can answer until ${day}.`,
    questions: {
      overall: 'How satisfied are you overall?',
      responsiveness: 'How satisfied are you with how quickly we respond?',
      expertise: 'How satisfied are you with our expertise?',
      usefulness: 'How satisfied are you with how useful our work was to you?',
      recommend: 'How likely are you to recommend us to a colleague?',
      comment: 'What should we know?',
    },
    scale: ['very dissatisfied', 'dissatisfied', 'neither', 'satisfied', 'very satisfied'],
    ends: '0 is not at all likely, 10 is extremely likely.',
    optional: '(optional)',
    use: 'Your answers, with your name, are seen by the people who look after your organisation, and are kept for a limited time.',
    send: 'Send',
    wrong: 'Not sent yet. Please look at:',
    faults: {
      overall: 'Choose one of the five.',
      ...one('Choose one of the five, or none.'),
      recommend: 'Choose a number from 0 to 10, or none.',
      comment: 'At most 4,000 characters.',
    },
    thanks: 'Thank you',
    kept: 'Your answers have been kept.',
    once: 'They cannot be changed any more. If something is missing, write to the people you work with.',
    missing: 'This link is not valid (any more).',
    stopLink: 'Never ask me again',
    stopTitle: 'No more surveys',
    stopAsk: 'We will never send you a survey again. Other mail, such as invitations to meetings, is not affected.',
    stopSend: 'Never ask me again',
    stopped: 'Done: we will not ask you again.',
  },
  'pt-BR': {
    name: 'Português',
    languages: 'Outros idiomas',
    title: 'O que você acha do nosso trabalho em conjunto?',
    lead: name => `${name}, obrigado por dedicar um momento. Só a primeira pergunta precisa de resposta.`,
    until: day => `Você pode responder até ${day}.`,
    questions: {
      overall: 'Qual é a sua satisfação no geral?',
      responsiveness: 'Qual é a sua satisfação com a rapidez das nossas respostas?',
      expertise: 'Qual é a sua satisfação com o nosso conhecimento?',
      usefulness: 'Qual é a sua satisfação com a utilidade do nosso trabalho para você?',
      recommend: 'Qual é a probabilidade de você nos recomendar a um colega?',
      comment: 'O que deveríamos saber?',
    },
    scale: ['muito insatisfeito', 'insatisfeito', 'nem um nem outro', 'satisfeito', 'muito satisfeito'],
    ends: '0 é nada provável, 10 é extremamente provável.',
    optional: '(opcional)',
    use: 'Suas respostas, com o seu nome, são vistas pelas pessoas que atendem a sua organização e guardadas por tempo limitado.',
    send: 'Enviar',
    wrong: 'Ainda não enviado. Por favor, veja:',
    faults: {
      overall: 'Escolha uma das cinco.',
      ...one('Escolha uma das cinco, ou nenhuma.'),
      recommend: 'Escolha um número de 0 a 10, ou nenhum.',
      comment: 'No máximo 4.000 caracteres.',
    },
    thanks: 'Obrigado',
    kept: 'Suas respostas foram guardadas.',
    once: 'Elas não podem mais ser alteradas. Se faltou algo, escreva às pessoas com quem você trabalha.',
    missing: 'Este link não é (mais) válido.',
    stopLink: 'Nunca mais me consultar',
    stopTitle: 'Sem mais pesquisas',
    stopAsk: 'Nunca mais enviaremos uma pesquisa a você. Outros e-mails, como convites para reuniões, não mudam.',
    stopSend: 'Nunca mais me consultar',
    stopped: 'Pronto: não consultaremos você de novo.',
  },
  es: {
    name: 'Español',
    languages: 'Otros idiomas',
    title: '¿Qué opina de nuestro trabajo en común?',
    lead: name => `${name}, gracias por dedicarnos un momento. Solo la primera pregunta necesita respuesta.`,
    until: day => `Puede responder hasta el ${day}.`,
    questions: {
      overall: '¿Cuál es su satisfacción en general?',
      responsiveness: '¿Cuál es su satisfacción con la rapidez de nuestras respuestas?',
      expertise: '¿Cuál es su satisfacción con nuestros conocimientos?',
      usefulness: '¿Cuál es su satisfacción con la utilidad de nuestro trabajo para usted?',
      recommend: '¿Qué probabilidad hay de que nos recomiende a un colega?',
      comment: '¿Qué deberíamos saber?',
    },
    scale: ['muy insatisfecho', 'insatisfecho', 'ni lo uno ni lo otro', 'satisfecho', 'muy satisfecho'],
    ends: '0 es nada probable, 10 es sumamente probable.',
    optional: '(opcional)',
    use: 'Sus respuestas, con su nombre, las ven las personas que atienden a su organización y se guardan por un tiempo limitado.',
    send: 'Enviar',
    wrong: 'Todavía no se ha enviado. Por favor, revise:',
    faults: {
      overall: 'Elija una de las cinco.',
      ...one('Elija una de las cinco, o ninguna.'),
      recommend: 'Elija un número de 0 a 10, o ninguno.',
      comment: 'Como máximo 4.000 caracteres.',
    },
    thanks: 'Gracias',
    kept: 'Sus respuestas se han guardado.',
    once: 'Ya no se pueden cambiar. Si falta algo, escriba a las personas con las que trabaja.',
    missing: 'Este enlace no es válido (o ya no lo es).',
    stopLink: 'No volver a preguntarme nunca',
    stopTitle: 'No más encuestas',
    stopAsk: 'No volveremos a enviarle una encuesta. Los demás correos, como las invitaciones a reuniones, no cambian.',
    stopSend: 'No volver a preguntarme nunca',
    stopped: 'Listo: no volveremos a preguntarle.',
  },
}
