import { describe, expect, it } from 'vitest'
import { findLinks } from './message-links'

const links = (text: string) => findLinks(text).flatMap(({ href }) => (href === null ? [] : [href]))

describe('links in a message', () => {
  it('are what says http itself; everything around them stays text, to the letter', () => {
    expect(findLinks('See https://example.com/a?b=1#c and http://x.org.')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://example.com/a?b=1#c', href: 'https://example.com/a?b=1#c' },
      { text: ' and ', href: null },
      { text: 'http://x.org', href: 'http://x.org/' },
      { text: '.', href: null },
    ])
    expect(findLinks('no link, www.example.com, example.com')).toEqual([{ text: 'no link, www.example.com, example.com', href: null }])
    expect(findLinks('')).toEqual([])
  })

  it('end before the punctuation of the sentence, and keep a bracket that is theirs', () => {
    const cases: ReadonlyArray<readonly [string, string]> = [
      ['(https://example.com)', 'https://example.com/'],
      ['https://en.wikipedia.org/wiki/Set_(sport)', 'https://en.wikipedia.org/wiki/Set_(sport)'],
      ['(see https://en.wikipedia.org/wiki/Set_(sport)).', 'https://en.wikipedia.org/wiki/Set_(sport)'],
      ['https://example.com/a,b,', 'https://example.com/a,b'],
      ['“https://example.com/x”', 'https://example.com/x'],
      ['https://example.com?!…', 'https://example.com/'],
      ['**https://example.com**', 'https://example.com/'],
    ]
    for (const [text, href] of cases) expect(links(text), text).toEqual([href])
  })

  it('are never a script, a file, or an address with a name before its host', () => {
    const never = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)//https',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'ftp://example.com',
      'https://bank.example@evil.example/',
      'https://user:word@evil.example',
      'https://localhost/admin',
      'https://',
      'https://.',
      'https://[::1]/',
      'xhttps://example.com',
    ]
    for (const text of never) expect(links(text), text).toEqual([])
  })

  it('do not follow a script that hides a link, and never carry markup', () => {
    expect(links('javascript:location="https://example.com"')).toEqual(['https://example.com/'])
    expect(findLinks('https://example.com"><img src=x onerror=alert(1)>')).toEqual([
      { text: 'https://example.com', href: 'https://example.com/' },
      { text: '"><img src=x onerror=alert(1)>', href: null },
    ])
  })

  it('show where they really lead when the letters only look alike, or turn the reading around', () => {
    // The first letter is Cyrillic.
    expect(findLinks('https://аpple.com/login')).toEqual([{ text: 'https://xn--pple-43d.com/login', href: 'https://xn--pple-43d.com/login' }])
    expect(links('https://good.example\\@evil.example')).toEqual(['https://good.example/'])
    expect(links('https://good.example\u202e/moc.live')).toEqual(['https://good.example/'])
    expect(links('https://good.example\u200b.evil.example')).toEqual(['https://good.example/'])
    // A slash that is none: the host would go on after it.
    const hidden = 'https://good.xn--example-7d7c.evil.example/'
    expect(findLinks('https://good.example\u2044.evil.example')).toEqual([{ text: hidden, href: hidden }])
    // Letters of any language after the host are shown as typed.
    expect(findLinks('https://example.com/übung')).toEqual([{ text: 'https://example.com/übung', href: 'https://example.com/%C3%BCbung' }])
  })

  it('are found in a long line of dots and brackets at once', () => {
    const started = performance.now()
    for (let message = 0; message < 50; message += 1) findLinks(`https://${'a.'.repeat(10)}${'('.repeat(900)}${')'.repeat(1_000)}`)
    expect(performance.now() - started, 'a page of fifty').toBeLessThan(500)
  })
})
