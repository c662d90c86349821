import { media, messageKinds } from '../../domain/kinds';
import type { TemplateSource } from '../../domain/template';
import { templateName } from '../template-name';
import { en } from './en';
import { sourceOf, type Phrases } from './layout';

const languages: Readonly<Record<string, Phrases>> = { en };

/** Every message that is built in, by the name of its template. */
export const builtIn: ReadonlyMap<string, TemplateSource> = new Map(
  Object.entries(languages).flatMap(([locale, phrases]) =>
    messageKinds.flatMap((kind) =>
      media.map((medium) => [templateName({ kind, medium, locale }), sourceOf(locale, phrases, [kind, medium])] as const),
    ),
  ),
);
