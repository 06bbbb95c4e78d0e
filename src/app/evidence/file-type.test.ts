import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileNameFor, typeOfFile } from './file-type.ts'
import { zipOf } from './testing.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const word = ['[Content_Types].xml', 'word/document.xml']

describe('what is in it says what it is', () => {
  test.each([
    ['a PDF', bytes('%PDF-1.7\n...'), 'application/pdf'],
    ['a PDF that is called a picture', bytes('%PDF-1.4'), 'application/pdf', 'photo.png'],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'image/png'],
    ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['text', bytes('Olá, São Paulo\r\n\tok'), 'text/plain'],
    ['a table', bytes('a,b\n1,2\n'), 'text/csv', 'seats.CSV'],
    ['a Word document', zipOf(word), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a workbook', zipOf(['[Content_Types].xml', 'xl/workbook.xml']), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [
      'a presentation',
      zipOf(['[Content_Types].xml', 'ppt/presentation.xml']),
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
  ])('%s', (_, content, type, name = 'file') => {
    expect(typeOfFile(content, name)).toBe(type)
  })

  test.each([
    ['a page', bytes('<!DOCTYPE html><script>alert(1)</script>'), 'notes.txt'],
    ['a page after spaces', bytes('  \n<html>'), 'notes.txt'],
    ['a page after a byte order mark', bytes('\uFEFF <HTML>'), 'notes.txt'],
    ['a drawing', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'chart.png'],
    ['markup', bytes('<?xml version="1.0"?><x/>'), 'x.csv'],
    ['a program', new Uint8Array([0x4d, 0x5a, 0x90, 0x00]), 'report.pdf'],
    ['a program of another kind', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2]), 'report.docx'],
    ['a GIF', bytes('GIF89a\u0001\u0000'), 'x.png'],
    ['text with a zero byte', bytes('ok\u0000ok'), 'x.txt'],
    ['text of another encoding', new Uint8Array([0x53, 0xe3, 0x6f]), 'x.txt'],
    ['an archive', zipOf(['a.txt']), 'x.docx'],
    ['a document with a program', zipOf([...word, 'word/vbaProject.bin']), 'x.docx'],
    ['a document with a script', zipOf([...word, 'word/run.JS']), 'x.docx'],
    ['one that is two things', zipOf([...word, 'xl/workbook.xml']), 'x.docx'],
    ['one that climbs out of its folder', zipOf([...word, '../../etc/passwd']), 'x.docx'],
    ['one with something behind it', new Uint8Array([...zipOf(word), 1, 2, 3]), 'x.docx'],
    ['one that is cut off', zipOf(word).subarray(0, 60), 'x.docx'],
  ])('refused: %s', (_, content, name) => {
    expect(typeOfFile(content, name)).toBeUndefined()
  })

  test('whatever comes, there is an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom([], [0x50, 0x4b, 3, 4]), (rest, head) => {
        const content = new Uint8Array([...head, ...rest])
        expect([undefined, 'application/pdf', 'image/png', 'image/jpeg', 'text/plain']).toContain(typeOfFile(content, 'x'))
      }),
    )
  })
})

test('a file is saved with the ending of what it is', () => {
  expect(fileNameFor('Plan.PDF', 'application/pdf')).toBe('Plan.PDF')
  expect(fileNameFor('invoice.exe', 'application/pdf')).toBe('invoice.exe.pdf')
  expect(fileNameFor('page.html', 'text/plain')).toBe('page.html.txt')
})
