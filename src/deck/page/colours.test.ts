import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, isReadable, paletteOf } from './colours.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

test('contrast is that of WCAG', () => {
  expect(contrast('000000', 'FFFFFF')).toBe(21)
  expect(contrast('777777', 'FFFFFF')).toBeCloseTo(4.48, 2)
})

test('with any brand colour, text upon it can be read and every series of a chart can be told from the page', () => {
  fc.assert(
    fc.property(colour, brand => {
      const palette = paletteOf(brand)
      expect(palette.brand).toBe(brand.slice(1).toUpperCase())
      expect(isReadable(palette.onBrand, palette.brand)).toBe(true)
      for (const each of palette.series) expect(contrast(each, 'FFFFFF')).toBeGreaterThanOrEqual(3)
      for (const each of [palette.ink, palette.quiet]) expect(isReadable(each, 'FFFFFF')).toBe(true)
    }),
  )
})
