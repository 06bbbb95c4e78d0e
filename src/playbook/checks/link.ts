import type { Checks } from './check.ts'
import { page } from './sample.ts'

export const LINK_CHECKS = {
  'link/wrapped': {
    severity: 'warning',
    about: 'The address leads through a tracking service; the address inside is used.',
    examples: [
      {
        name: 'a safelink',
        pages: page(
          '# Plan\n\n## Overview\n\n[Guide](https://na01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fguide&data=1)\n',
        ),
        says: ['5:1 link/wrapped Unexpected tracking address around https://example.org/guide'],
      },
    ],
  },
  'link/broken': {
    severity: 'warning',
    about: 'A newline between the text of a link and its address: Markdown shows no link there. Read as one all the same.',
    examples: [
      {
        name: 'the address on the next line',
        pages: page('# Plan\n\n## Overview\n\nSee the [list]\n(https://example.org/list).\n'),
        says: ['5:9 link/broken Unexpected newline between the text of a link and its address'],
      },
    ],
  },
  'link/unresolved': {
    severity: 'warning',
    about: 'A relative link leads to a page that is not part of the playbook.',
    examples: [
      {
        name: 'a page that is not there',
        pages: page('# Plan\n\n## Next Steps\n\nGo to [Review](success-review-meeting.md).\n'),
        says: ['5:7 link/unresolved Unexpected link to "success-review-meeting.md", which is no page of the playbook'],
      },
    ],
  },
} as const satisfies Checks
