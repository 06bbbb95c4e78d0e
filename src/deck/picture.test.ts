import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logoArea, pictureFault } from './picture.ts'
import { LOGO } from './testing.ts'

const png = Buffer.from(LOGO.base64, 'base64')
const logo = (bytes: Uint8Array, type: 'image/png' | 'image/jpeg' = 'image/png') => ({
  type,
  base64: Buffer.from(bytes).toString('base64'),
})
/** Head of a JPEG: start, an application segment, a frame of 300 × 100. */
const JPEG = Buffer.from(['ffd8', 'ffe0', '0004', '0000', 'ffc0', '0011', '08', '0064', '012c', '0300000000000000000000'].join(''), 'hex')

test('a picture is one, whole and of its kind', () => {
  expect(pictureFault(logo(png))).toBeNull()
  expect(pictureFault(logo(JPEG, 'image/jpeg'))).toBeNull()
  expect(pictureFault(logo(png, 'image/jpeg'))).toBe('not-a-picture')
  expect(pictureFault(logo(JPEG))).toBe('not-a-picture')
  expect(pictureFault(logo(Buffer.from('<svg/>')))).toBe('not-a-picture')
})

test('a cut or broken one is refused, never thrown on', () => {
  for (let length = 0; length < png.length - 12; length++) expect(pictureFault(logo(png.subarray(0, length)))).toBe('not-a-picture')
  const packed = Buffer.from(png)
  packed.fill(0xff, 41, 50)
  expect(pictureFault(logo(packed))).toBe('not-a-picture')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('image/png' as const, 'image/jpeg' as const), (bytes, type) => {
      const fault = pictureFault(logo(bytes, type))
      return fault === null || fault === 'not-a-picture' || fault === 'too-large'
    }),
  )
})

test('one that says it is huge is refused before it is unpacked', () => {
  const huge = Buffer.from(png)
  huge.writeUInt32BE(60_000, 16)
  expect(pictureFault(logo(huge))).toBe('too-large')
})

test('stands in its place with the proportion of its sides', () => {
  expect(logoArea(logo(JPEG, 'image/jpeg'))).toMatchObject({ w: 192, h: 64 })
  expect(logoArea(logo(png))).toMatchObject({ w: 64, h: 64 })
})
