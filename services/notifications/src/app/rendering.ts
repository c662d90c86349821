import { Refused } from '@cartage/eventsourcing';
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

/** A part that some values do not fill in, such as one that names what there is none of. */
export class NotFilledIn extends Error {
  constructor(
    readonly field: keyof TemplateSource,
    override readonly cause: unknown,
  ) {
    super(`It cannot be filled in: ${String(cause)}`);
  }
}

/** What is wrong with a part of a template is told of that part, so that whoever wrote it knows where. */
const inPart = <Done>(field: keyof TemplateSource, act: () => Done): Done => {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refused)) throw new NotFilledIn(field, error);
    const { code, message, kind } = error;
    throw new Refused(code, message, kind, [{ field, code, message }]);
  }
};

/** Makes a template ready once: MJML and ICU messages are read here, and only filled in afterwards. */
export const compiled = async (source: TemplateSource, locale: string, mjmlToHtml: MjmlToHtml): Promise<Render> => {
  const { subject, mjml, text } = source;
  const markup = mjml === undefined ? undefined : await mjmlToHtml(mjml);
  const html: Filled | undefined = markup === undefined ? undefined : inPart('mjml', () => taken(markup, locale, inHtml));
  const subjectLine = subject === undefined ? undefined : inPart('subject', () => taken(subject, locale, asItIs));
  const plain = inPart('text', () => taken(text, locale, asItIs));
  return (values) => ({
    ...(subjectLine ? { subject: inPart('subject', () => oneLine(subjectLine(values))) } : {}),
    ...(html ? { html: inPart('mjml', () => html(values)) } : {}),
    text: inPart('text', () => tidied(plain(values))),
  });
};
