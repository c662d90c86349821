import { openFonts } from './fonts';
import { lineOf, missingIn, widthOf, wrapped } from './typesetting';

const fonts = openFonts();
const shown = (text: string): string =>
  lineOf(fonts, text)
    .runs.map((run) => run.text)
    .join('');

describe('a line of a label', () => {
  it.each(['Łucja Żółć', 'Παπαδόπουλος Γιώργος', '王小明', 'Šimić & Müller', '김철수', 'Nguyễn Văn Ánh', 'नरेन्द्र'])(
    'has %s as it is written',
    (name) => {
      expect(missingIn(fonts, name)).toBeUndefined();
      expect(shown(name)).toBe(name);
    },
  );

  it('in Arabic begins at the right, and its words follow each other to the left', () => {
    const line = lineOf(fonts, 'محمد 12 الأحمد');
    expect(line.fromRight).toBe(true);
    // The number stands between the words, its digits from left to right; the second word is left of it.
    expect(line.runs.map((run) => run.text.trim()).filter(Boolean)).toEqual(['الأحمد', '12', 'محمد']);
  });

  it('puts a Thai tone mark above the circle of the vowel', () => expect(shown('น้ำ')).toBe('น\u0e4d\u0e49า'));

  it('names the character that no font has', () => expect(missingIn(fonts, 'Ada ម')).toBe('ម'));

  it('is broken between words, and between Han characters, and inside a word only where it must be', () => {
    const size = 10;
    for (const text of ['one two three four five six', '北京市朝阳区建国门外大街一号国贸大厦', 'x'.repeat(80)]) {
      const lines = wrapped(fonts, text, { size, width: 60 });
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) expect(widthOf(line, size)).toBeLessThanOrEqual(60);
      const joined = lines.map((line) => line.runs.map((run) => run.text).join('')).join(text.includes(' ') ? ' ' : '');
      expect(joined).toBe(text);
    }
  });
});
