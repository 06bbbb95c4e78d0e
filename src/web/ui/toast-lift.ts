import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

type Box = Readonly<{ top: number; bottom: number; left: number; right: number }>

/** From the edge of the window, and from what has the focus; pixels. */
export const TOAST_GAP = 16

/** By how many pixels messages go up so that they do not cover what has the focus; 0 where they do not, or where above it is no room. */
export function liftOver(messages: Box, focused: Box): number {
  const isBeside = focused.left >= messages.right || focused.right <= messages.left
  const isClear = isBeside || focused.top >= messages.bottom || focused.bottom <= messages.top
  const lift = messages.bottom - focused.top + TOAST_GAP
  return isClear || messages.top < lift ? 0 : lift
}

/** The lift for the messages in the corner, kept up with where the focus goes and with how tall they are (WCAG 2.4.11). */
export function useToastLift(count: number): number {
  const [lift, setLift] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a message the corner may be drawn anew
  useEffect(() => {
    const inCorner = () => document.querySelector('[data-toaster-position]')
    const measure = () => {
      const messages = inCorner()
      const holder = document.activeElement
      if (!messages || !holder || messages.contains(holder)) return
      const active = document.getElementById(holder.getAttribute('aria-activedescendant') ?? '') ?? holder
      const { height, left, right } = messages.getBoundingClientRect()
      const bottom = window.innerHeight - TOAST_GAP
      const corner = { top: bottom - height, bottom, left, right }
      const lift = active === document.body ? 0 : liftOver(corner, active.getBoundingClientRect())
      // At once: in the frame in which the focus is drawn.
      flushSync(() => setLift(lift))
    }
    const resized = new ResizeObserver(measure)
    // A frame later the message is drawn, and what got the focus has been scrolled to.
    const drawn = requestAnimationFrame(() => {
      const messages = inCorner()
      if (messages) resized.observe(messages)
    })
    const onFocus = () => requestAnimationFrame(measure)
    document.addEventListener('focusin', onFocus)
    return () => {
      cancelAnimationFrame(drawn)
      resized.disconnect()
      document.removeEventListener('focusin', onFocus)
    }
  }, [count])
  return lift
}
