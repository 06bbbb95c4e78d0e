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
  /** Jobs that one process carries out at once; one where absent. */
  atOnce?: number
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
  // A mail follows what it tells of within a minute or so, and what quiet hours held goes out as soon as they end.
  'tell-people': {
    policy: 'one-at-a-time',
    retries: 2,
    pause: MINUTE,
    longestPause: MINUTE,
    longestRun: 10 * MINUTE,
    schedule: '* * * * *',
    askEvery: 5,
    keepFor: HOUR,
  },
  // Each person's hour comes at another moment: time zones differ by quarters of an hour.
  'send-digests': {
    policy: 'one-at-a-time',
    retries: 2,
    pause: MINUTE,
    longestPause: 5 * MINUTE,
    longestRun: 30 * MINUTE,
    schedule: '*/15 * * * *',
    askEvery: 15,
    keepFor: DAY,
  },
  // After the plans of the new day are made.
  'remind-items': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: 2 * HOUR,
    schedule: '20 4 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
  // Hourly: teams begin to work at different hours, and are reminded while they do.
  'remind-handshakes': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: HOUR,
    schedule: '25 * * * *',
    askEvery: 15,
    keepFor: 2 * DAY,
  },
  'remind-expert-requests': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: HOUR,
    schedule: '35 * * * *',
    askEvery: 15,
    keepFor: 2 * DAY,
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
  // Follows the change within a second or so.
  invite: {
    policy: 'once-per-key',
    retries: 8,
    pause: MINUTE,
    longestPause: HOUR,
    longestRun: 10 * MINUTE,
    schedule: null,
    askEvery: 1,
    keepFor: 2 * DAY,
  },
  'review-letters': {
    policy: 'once-per-key',
    retries: 8,
    pause: MINUTE,
    longestPause: HOUR,
    longestRun: 10 * MINUTE,
    schedule: null,
    askEvery: 1,
    keepFor: 2 * DAY,
  },
  // What the service did not take at once, and what attendees answered there.
  // After the milestones of the night: ends, reminds, and asks where the installation chose so.
  'keep-surveys': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: 2 * HOUR,
    schedule: '10 7 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
  // Follows the asking within a second or so.
  'write-surveys': {
    policy: 'one-at-a-time',
    retries: 8,
    pause: MINUTE,
    longestPause: HOUR,
    longestRun: 2 * HOUR,
    schedule: null,
    askEvery: 1,
    keepFor: 2 * DAY,
  },
  'follow-outlook': {
    policy: 'one-at-a-time',
    retries: 2,
    pause: MINUTE,
    longestPause: 5 * MINUTE,
    longestRun: HOUR,
    schedule: '*/5 * * * *',
    askEvery: 15,
    keepFor: DAY,
  },
  'remind-meetings': {
    policy: 'one-at-a-time',
    retries: 3,
    pause: MINUTE,
    longestPause: 10 * MINUTE,
    longestRun: HOUR,
    schedule: '*/10 * * * *',
    askEvery: 15,
    keepFor: DAY,
  },
  // Each night one day more of every series; who should have been met is told to their owners.
  'plan-meetings': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: 2 * HOUR,
    schedule: '50 3 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
  // After the syncs of the night; once a week it finds something to keep, each night whether earlier goals were reached.
  forecast: {
    policy: 'one-at-a-time',
    retries: 3,
    pause: 5 * MINUTE,
    longestPause: HOUR,
    longestRun: 6 * HOUR,
    schedule: '40 5 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
  // Early in the working day of the Americas and Europe alike; what is due is due for a day.
  'escalate-blockers': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: MINUTE,
    longestPause: 30 * MINUTE,
    longestRun: HOUR,
    schedule: '20 6 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
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
  // One run of one tenant, or a part of it. The service's limits are waited out between jobs, not within one.
  'sync-usage': {
    policy: 'once-per-key',
    retries: 5,
    pause: MINUTE,
    longestPause: 30 * MINUTE,
    longestRun: 2 * HOUR,
    schedule: null,
    askEvery: 5,
    // Reading reports takes a processor and some memory; waiting for them takes neither.
    atOnce: 2,
    keepFor: 2 * DAY,
  },
  // After midnight UTC in most of the Americas and before the working day in Europe; the reports of a day are there two days later anyway.
  'plan-syncs': {
    policy: 'one-at-a-time',
    retries: 5,
    pause: MINUTE,
    longestPause: 30 * MINUTE,
    longestRun: HOUR,
    schedule: '40 2 * * *',
    askEvery: 15,
    keepFor: 14 * DAY,
  },
} as const satisfies Record<string, Queue>

export type QueueName = keyof typeof QUEUES
// The keys of a literal are its names.
export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[]
export const isQueueName = (text: string): text is QueueName => Object.hasOwn(QUEUES, text)
