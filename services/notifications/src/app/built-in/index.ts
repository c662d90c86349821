import { media, messageKinds } from '../../domain/kinds';
import type { TemplateSource } from '../../domain/template';
import { templateName } from '../template-name';
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { hi } from './hi';
import { sourceOf, type Phrases } from './layout';

const languages: Readonly<Record<string, Phrases>> = { ar, de, en, es, fr, hi };

/** Every message that is built in, by the name of its template. */
export const builtIn: ReadonlyMap<string, TemplateSource> = new Map(
  Object.entries(languages).flatMap(([locale, phrases]) =>
    messageKinds.flatMap((kind) =>
      media.map((medium) => [templateName({ kind, medium, locale }), sourceOf(locale, phrases, [kind, medium])] as const),
    ),
  ),
);
