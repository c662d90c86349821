import { createHash } from 'node:crypto';
import { escaped, languageFor, publicPage } from './public-page';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('a page for whoever has a link', () => {
  const { headers, html } = publicPage({ style: 'p{color:red}', script: 'go()' });

  it('is kept by no cache, found by no search engine, and loads nothing but what stands in it', () => {
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex, nofollow, noarchive',
      'Referrer-Policy': 'no-referrer',
    });
    const policy = headers['Content-Security-Policy'] ?? '';
    for (const part of [`default-src 'none'`, `style-src 'sha256-${hashOf('p{color:red}')}'`, `script-src 'sha256-${hashOf('go()')}'`])
      expect(policy).toContain(part);
    expect(html({ language: 'en', title: 'T', body: '' })).toContain('<meta name="robots" content="noindex, nofollow, noarchive">');
  });

  it('may not run or ask anything when it has no script', () =>
    expect(publicPage({ style: '' }).headers['Content-Security-Policy']).not.toMatch(/script-src|connect-src/));

  it('sends forms to our own server where it has some, and nowhere else', () => {
    expect(publicPage({ style: '', forms: true }).headers['Content-Security-Policy']).toContain(`form-action 'self'`);
    expect(headers['Content-Security-Policy']).toContain(`form-action 'none'`);
  });

  it('runs its script where it is to, and only there', () => {
    expect(html({ language: 'en', title: 'T', body: '', runs: true })).toContain('<script>go()</script>');
    expect(html({ language: 'en', title: 'T', body: '' })).not.toContain('<script');
  });

  it('is read from the right where the language is', () => {
    expect(html({ language: 'ar', title: 'T', body: '' })).toContain('<html lang="ar" dir="rtl">');
    expect(html({ language: 'hi', title: 'T', body: '' })).toContain('<html lang="hi" dir="ltr">');
  });

  it('shows text as text', () => {
    expect(html({ language: 'en', title: '</title><b>', body: '' })).toContain('<title>&lt;/title&gt;&lt;b&gt;</title>');
    expect(escaped(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  });
});

describe('the language of a page', () => {
  it.each([
    ['de', 'fr', 'de'],
    [undefined, 'pt-BR, hi;q=0.8, ar;q=0.9', 'ar'],
    [undefined, 'es-MX', 'es'],
    ['tlh', 'fr;q=0, en', 'en'],
    [undefined, undefined, 'en'],
    [undefined, ';;;=,q', 'en'],
    ['constructor', '', 'en'],
  ] as const)('asked for %s by who reads %s is %s', (asked, acceptLanguage, language) =>
    expect(languageFor(['en', 'ar', 'de', 'es', 'fr', 'hi'], { asked, acceptLanguage })).toBe(language),
  );
});
