/** The part of bidi-js (it has no types of its own) that labels need: the Unicode bidirectional algorithm, UAX 9. */
declare module 'bidi-js' {
  interface Levels {
    /** The embedding level of each UTF-16 unit; odd: from right to left. */
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly level: number }[];
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): Levels;
    /** Replacements of characters that look the other way when read from right to left, by index. */
    getMirroredCharactersMap(text: string, levels: Uint8Array): ReadonlyMap<number, string>;
  }
  const bidiFactory: () => Bidi;
  export = bidiFactory;
}
