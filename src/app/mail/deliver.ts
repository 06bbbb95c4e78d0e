import { Readable } from 'node:stream'
import type { NodemailerError } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Outgoing } from './compose.ts'
import { PATIENCE, type Patience, type Smtp } from './settings.ts'

/** What came of handing a mail over; `said` is the server's sentence, or what happened instead of one. */
export type Delivery = Readonly<{
  /** `refused`: for good. `later`: certainly not taken, worth another try. `unknown`: the answer to the whole mail never came. */
  kind: 'accepted' | 'refused' | 'later' | 'unknown'
  said: string
  /** Of a refusal: the server will not have this mail for this address, and another one for it will fare no better. */
  isBounce?: boolean
}>

/** Hands one mail to the mail server. Never throws: every failure is an answer. */
export function deliver(smtp: Smtp, mail: Outgoing, patience: Patience = PATIENCE): Promise<Delivery> {
  return new Promise(resolve => {
    let hasBegun = false
    const connection = new SMTPConnection(smtp.connection)
    // Only the first outcome counts: what comes after it is the connection's own end.
    const end = (delivery: Delivery) => {
      clearTimeout(deadline)
      resolve(delivery)
    }
    const fail = (error: NodemailerError) => {
      end(deliveryOf(error, hasBegun))
      connection.close()
    }
    const deadline = setTimeout(() => fail(new Error('the mail server took too long')), patience.dialogue)
    // Read only once the server has said that it takes the mail's text.
    const text = Readable.from(
      (function* () {
        hasBegun = true
        yield mail.raw
      })(),
    )
    const send = () =>
      connection.send({ from: mail.from, to: [mail.to] }, text, (error, info) => {
        if (error) return fail(error)
        end({ kind: 'accepted', said: sentence(info.response ?? '') })
        connection.quit()
      })
    connection.on('error', fail)
    connection.on('end', () => fail(new Error('the mail server ended the connection')))
    connection.connect(error => {
      if (error) return fail(error)
      if (!smtp.auth) return send()
      // Going on without signing in would send as somebody else.
      if (!connection.allowsAuth) return fail(new Error('the mail server offers no way to sign in'))
      connection.login(smtp.auth, refused => (refused ? fail(refused) : send()))
    })
  })
}

/** The steps at which a refusal is about this mail and not about us or the server's day. */
const ABOUT_THE_MAIL = ['EENVELOPE', 'EMESSAGE']
/** Of those, the steps that name whom it is for; at `MAIL FROM` it is our own address that is refused. */
const ABOUT_THE_ADDRESS = ['RCPT TO', 'DATA']

function deliveryOf(error: NodemailerError, hasBegun: boolean): Delivery {
  const said = sentence(error.response ?? error.message)
  const isAbout = ABOUT_THE_MAIL.includes(error.code ?? '')
  if (isAbout && (error.permanent || error.responseCode === undefined)) {
    return { kind: 'refused', said, isBounce: (error.responseCode ?? 0) >= 500 && ABOUT_THE_ADDRESS.includes(error.command ?? '') }
  }
  return { kind: hasBegun && error.responseCode === undefined ? 'unknown' : 'later', said }
}

const LONGEST_SENTENCE = 500

/** What a server said, on one line. */
export const sentence = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_SENTENCE)
