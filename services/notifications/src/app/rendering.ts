import type { TemplateSource } from '../domain/template';
import { asItIs, inHtml, taken, type Filled, type Values } from './markup';

/** MJML to HTML; refuses what is no MJML. */
export type MjmlToHtml = (source: string) => Promise<string>;

/** What a customer reads. */
export interface Rendered {
  readonly subject?: string;
  readonly html?: string;
  readonly text: string;
}

export type Render = (values: Values) => Rendered;

/** A subject is one line, whatever a product's name holds. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A blank line more or less is nothing that anybody meant. */
const tidied = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/** Makes a template ready once: MJML and ICU messages are read here, and only filled in afterwards. */
export const compiled = async (source: TemplateSource, locale: string, mjmlToHtml: MjmlToHtml): Promise<Render> => {
  const { subject, mjml, text } = source;
  const html: Filled | undefined = mjml === undefined ? undefined : taken(await mjmlToHtml(mjml), locale, inHtml);
  const [subjectLine, plain] = [subject === undefined ? undefined : taken(subject, locale, asItIs), taken(text, locale, asItIs)];
  return (values) => ({
    ...(subjectLine ? { subject: oneLine(subjectLine(values)) } : {}),
    ...(html ? { html: html(values) } : {}),
    text: tidied(plain(values)),
  });
};
