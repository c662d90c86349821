const UNREAD = /<!--[\s\S]*?-->|<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi;
/** Tags within a line of text; every other one ends what was said before it. */
const INLINE = /<\/?(?:a|b|strong|i|em|span|u|small|code|font)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>/gi;
const TAG = /<(?:"[^"]*"|'[^']*'|[^'">])*>/g;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', zwnj: '' };

const HIGHEST = 0x10ffff;

const character = (code: number): string => (code <= HIGHEST ? String.fromCodePoint(code) : '');

const read = (text: string): string =>
  text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return character(Number(decimal));
    return hex === undefined ? (named[name?.toLowerCase() ?? ''] ?? whole) : character(Number.parseInt(hex, 16));
  });

/** The words of a mail, a line for each of its parts. How it looks is the mail program’s: nothing of it is put into a page of ours, whose policy takes no styles from elsewhere. */
export const mailWords = (html: string): readonly string[] =>
  html
    .replace(UNREAD, ' ')
    .replace(INLINE, '')
    .split(TAG)
    .map((part) => read(part).replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
