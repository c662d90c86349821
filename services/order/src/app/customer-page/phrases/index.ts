import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { hi } from './hi';
import type { PagePhrases } from './phrases';

export * from './phrases';

export const pagePhrases = { ar, de, en, es, fr, hi } satisfies Readonly<Record<string, PagePhrases>>;
export type PageLanguage = keyof typeof pagePhrases;
