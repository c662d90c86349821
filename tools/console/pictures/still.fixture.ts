import { dirname, join } from 'node:path';
import { openSync } from 'fontkit';
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { answerTo, type Answer, type Recorded } from './answers';

/** Everything of a browser in which one machine is not like another. Its policy would not let the fonts in; whether pages keep to it is tested elsewhere. */
export const stillBrowser: BrowserContextOptions = {
  ...{ locale: 'en-GB', timezoneId: 'Europe/London', deviceScaleFactor: 1, reducedMotion: 'reduce', bypassCSP: true },
};

const FONTS = '/console/fonts-of-pictures/';
const faces = [
  { family: 'Latin', weight: 400, of: '@embedpdf/fonts-latin', file: '../fonts/NotoSans-Regular.ttf' },
  { family: 'Latin', weight: 600, of: '@embedpdf/fonts-latin', file: '../fonts/NotoSans-SemiBold.ttf' },
  { family: 'Arabic', weight: 400, of: '@embedpdf/fonts-arabic', file: '../fonts/NotoNaskhArabic-Regular.ttf' },
  { family: 'Arabic', weight: 600, of: '@embedpdf/fonts-arabic', file: '../fonts/NotoNaskhArabic-Bold.ttf' },
  // The languages that customers may choose are called by their own names.
  {
    ...{ family: 'Devanagari', weight: 400, of: '@expo-google-fonts/noto-sans-devanagari' },
    file: '400Regular/NotoSansDevanagari_400Regular.ttf',
  },
];
const fontFiles: ReadonlyMap<string, string> = new Map(
  faces.map(({ of, file }, n) => [`${n}.ttf`, join(dirname(require.resolve(of)), file)]),
);

/** What is in none of the fonts: it is written in one of the machine, and on another machine it looks otherwise. */
export const lettersOfMachine = (text: string): readonly string[] => {
  const fonts = [...fontFiles.values()].map((file) => openSync(file)).flatMap((font) => ('layout' in font ? [font] : []));
  const isThere = (letter: string): boolean => fonts.some((font) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
  return [...new Set(text)].filter((letter) => /[^\s\p{Cf}]/u.test(letter) && !isThere(letter));
};

const FAMILIES = 'Latin, Arabic, Devanagari';

/** The console is written in the fonts of whoever reads it; its pictures in these. */
const style = [
  ...faces.map(({ family, weight }, n) => `@font-face { font-family: ${family}; font-weight: ${weight}; src: url(${FONTS}${n}.ttf); }`),
  `:root { --font: ${FAMILIES}; --font-code: ${FAMILIES}; }`,
  `body { font-family: ${FAMILIES}; }`,
  `*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }`,
].join('\n');

const dressed = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(${JSON.stringify(style)});
  document.adoptedStyleSheets = [sheet];
`;

/** As `GET /orders?limit=50`. */
const askedBy = (route: Route): string => {
  const { pathname, search } = new URL(route.request().url());
  return `${route.request().method()} ${decodeURIComponent(pathname + search)}`;
};

const isForServices = (route: Route): boolean => route.request().resourceType() === 'fetch';

const NOT_RECORDED = { code: 'NOT_RECORDED', detail: 'No answer to this is recorded.' };

/** Fonts from their packages, the program from where it is built; what it asks the services is answered by `answer`. */
const routed = async (page: Page, answer: (route: Route) => Promise<void>): Promise<void> => {
  await page.route('**/*', (route) => (isForServices(route) ? answer(route) : route.continue()));
  await page.route(`**${FONTS}*`, (route) => route.fulfill({ path: fontFiles.get(route.request().url().split('/').at(-1) ?? '') ?? '' }));
};

const dress = async (page: Page, keeps: Readonly<Record<string, string>>): Promise<void> => {
  const remembered = Object.entries(keeps).map(([name, value]) => `localStorage.setItem('${name}', '${value}');`);
  await page.addInitScript({ content: [dressed, ...remembered].join('\n') });
};

interface Still {
  readonly recorded: Recorded | undefined;
  readonly keeps: Readonly<Record<string, string>>;
}

/** A page for which it always is the time at which its answers were recorded. Answers with what it asks that nobody recorded. */
export const holdStill = async (page: Page, { recorded, keeps }: Still): Promise<readonly string[]> => {
  const unanswered: string[] = [];
  await routed(page, async (route) => {
    const asked = askedBy(route);
    const answer = recorded && answerTo(recorded, asked);
    if (!answer) unanswered.push(asked);
    await route.fulfill(answer ? fulfilled(answer) : { status: 404, contentType: 'application/problem+json', json: NOT_RECORDED });
  });
  if (recorded) await page.clock.setFixedTime(recorded.at);
  await dress(page, keeps);
  return unanswered;
};

const fulfilled = ({ status, body }: Answer) =>
  body === undefined ? { status } : { status, json: body, ...(status >= 400 ? { contentType: 'application/problem+json' } : {}) };

/** What the services answer the page, while it is looked at. */
export const record = async (page: Page, keeps: Readonly<Record<string, string>>): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  await routed(page, async (route) => {
    // The stream of events does not end, and what is drawn has no need of news.
    if (new URL(route.request().url()).pathname === '/stream') {
      answers.push({ asked: askedBy(route), status: 404, body: NOT_RECORDED });
      return route.fulfill({ status: 404, json: NOT_RECORDED });
    }
    const response = await route.fetch();
    const text = await response.text();
    answers.push({ asked: askedBy(route), status: response.status(), ...(text === '' ? {} : { body: JSON.parse(text) as unknown }) });
    return route.fulfill({ response });
  });
  await dress(page, keeps);
  return answers;
};
