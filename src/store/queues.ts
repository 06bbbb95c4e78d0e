/** How a queue treats its jobs. Times in seconds; a schedule is a cron line in UTC. */
export type Queue = Readonly<{
  /** `once-per-key`: of jobs with the same key one waits or runs. `one-at-a-time`: one runs and one more may wait. */
  policy: 'once-per-key' | 'one-at-a-time'
  retries: number
  /** The first pause between two tries; each is up to twice the one before, `longestPause` at most. */
  pause: number
  longestPause: number
  /** A run that takes longer is given up and tried again. */
  longestRun: number
  schedule: string | null
  /** How often a worker asks for jobs. */
  askEvery: number
  /** How long an ended job stays to be seen. */
  keepFor: number
}>

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The queues of this program. Made and kept like this by `prepareJobs`; what a job of each does stands in app/jobs/queues.ts. */
export const QUEUES = {
  // Eleven tries over some eighteen hours: the usual trouble of a mail server is over by then, and an older mail helps nobody.
  'send-mail': {
    policy: 'once-per-key',
    retries: 10,
    pause: MINUTE,
    longestPause: 6 * HOUR,
    longestRun: 10 * MINUTE,
    schedule: null,
    askEvery: 1,
    keepFor: 14 * DAY,
  },
  'check-mail': {
    policy: 'one-at-a-time',
    retries: 2,
    pause: MINUTE,
    longestPause: MINUTE,
    longestRun: 10 * MINUTE,
    schedule: '*/10 * * * *',
    askEvery: 15,
    keepFor: DAY,
  },
  // Hourly, a little after the hour: a day begins at midnight UTC, and a run that finds every plan of today costs one query.
  'keep-plans-current': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: MINUTE,
    longestPause: 30 * MINUTE,
    longestRun: 12 * HOUR,
    schedule: '5 * * * *',
    askEvery: 5,
    keepFor: 2 * DAY,
  },
  purge: {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: 2 * HOUR,
    schedule: '17 2 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
} as const satisfies Record<string, Queue>

export type QueueName = keyof typeof QUEUES
// The keys of a literal are its names.
export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[]
export const isQueueName = (text: string): text is QueueName => Object.hasOwn(QUEUES, text)
