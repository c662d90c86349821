import { openSync, type Font } from 'fontkit';
import { dirname, join } from 'node:path';

/** Where each font comes from, most wanted first: Latin with Greek and Cyrillic, then scripts of their own. All are under the SIL Open Font License. */
const files: readonly (readonly [inside: string, file: string])[] = [
  ['@embedpdf/fonts-latin', '../fonts/NotoSans-Regular.ttf'],
  ['@embedpdf/fonts-arabic', '../fonts/NotoNaskhArabic-Regular.ttf'],
  ['@embedpdf/fonts-hebrew', '../fonts/NotoSansHebrew-Regular.ttf'],
  ['@expo-google-fonts/noto-sans-devanagari', '400Regular/NotoSansDevanagari_400Regular.ttf'],
  ['@expo-google-fonts/noto-sans-thai', '400Regular/NotoSansThai_400Regular.ttf'],
  ['@embedpdf/fonts-sc', '../fonts/NotoSansHans-Regular.otf'],
  ['@embedpdf/fonts-kr', '../fonts/NotoSansKR-Regular.otf'],
];

const open = ([inside, file]: (typeof files)[number]): Font => {
  const font = openSync(join(dirname(require.resolve(inside)), file));
  if ('layout' in font) return font;
  throw new Error(`${file} is a collection of fonts and not one.`);
};

/** The fonts of a label printer. Each is opened once, and only when a character needs it: opening one costs a hundred labels' time. */
export interface Fonts {
  /** The first font that has the character; nothing when none has. */
  of(character: string): Font | undefined;
}

export const openFonts = (): Fonts => {
  const opened: Font[] = [];
  const at = (i: number): Font | undefined => {
    const file = files[i];
    return file && (opened[i] ??= open(file));
  };
  return {
    of: (character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      for (let i = 0; ; i += 1) {
        const font = at(i);
        if (!font || font.hasGlyphForCodePoint(codePoint)) return font;
      }
    },
  };
};
