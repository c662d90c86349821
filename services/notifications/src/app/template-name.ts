import { Refused } from '@cartage/eventsourcing';
import { isMessageKind, media, messageKinds, type Medium, type MessageKind } from '../domain/kinds';
import { isLocale } from '../domain/locale';

/** Whose words a template is: of one message, in one medium and locale; of every brand, unless it names one. */
export interface TemplateKey {
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly locale: string;
  readonly brand?: string;
}

/** `dispatched.email.de`, `dispatched.email.de.acme`. */
export const templateName = ({ kind, medium, locale, brand }: TemplateKey): string =>
  [kind, medium, locale, ...(brand === undefined ? [] : [brand])].join('.');

const isMedium = (medium: string): medium is Medium => (media as readonly string[]).includes(medium);

const unknown = (message: string): Refused =>
  new Refused('TEMPLATE_UNKNOWN', message, 'unknown', [{ field: 'template', code: 'TEMPLATE_UNKNOWN', message }]);

/** Refuses what no template is called. */
export const templateKeyOf = (name: string): TemplateKey => {
  const [kind = '', medium = '', locale = '', ...brand] = name.split('.');
  if (!isMessageKind(kind)) throw unknown(`A template begins with a kind of message: ${messageKinds.join(', ')}.`);
  if (!isMedium(medium)) throw unknown(`After the kind a template names its medium: ${media.join(' or ')}.`);
  if (!isLocale(locale)) throw unknown('After the medium a template names its locale, a BCP 47 tag such as de or pt-BR.');
  const key = { kind, medium, locale };
  return brand.length === 0 ? key : { ...key, brand: brand.join('.') };
};
