import { Link, type LinkProps } from '@fluentui/react-components'
import { createLink } from '@tanstack/react-router'
import type { Ref } from 'react'

type AnchorProps = Omit<Extract<LinkProps, { as?: 'a' }>, 'as' | 'ref'> & { ref?: Ref<HTMLAnchorElement> }

function FluentAnchor({ ref, ...props }: AnchorProps) {
  // Fluent's types cannot tell which element `as` made, so its `ref` takes `never`; with `as="a"` it is an anchor.
  return <Link as="a" ref={(ref ?? null) as Ref<never>} {...props} />
}

/** A Fluent link that knows the routes. */
export const AppLink = createLink(FluentAnchor)
