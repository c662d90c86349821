import type { Personal } from '@cartage/contracts';
import { gathered } from '../domain/content';
import { localesFor } from '../domain/locale';
import { brandIn, type Brand } from './brands';
import type { Rendered } from './rendering';
import type { ReadyMessage } from './sending';
import type { TemplateShelf } from './template-shelf';
import { valuesOf } from './values';

/** A message in words, and by which template. */
export interface Written {
  readonly from: string;
  readonly template: { readonly template: string; readonly templateVersion: number; readonly locale: string; readonly brand: string };
  /** Nothing where the template cannot be filled in. */
  readonly rendered?: Rendered;
}

export interface WritingNeeds {
  readonly brands: () => Promise<readonly Brand[]>;
  /** Of channels that no brand claims. */
  readonly house: Brand;
  readonly shelf: TemplateShelf;
  /** The public page of a shipment, by its token; nothing where there is none. */
  readonly trackingUrl: (token: string) => string | undefined;
  /** The page on which customers see and change an order; nothing where there is none. */
  readonly orderUrl: (orderId: string) => Promise<string | undefined>;
  /** The page on which customers of an order send something back; nothing where there is none. */
  readonly returnUrl: (orderId: string) => Promise<string | undefined>;
  /** The code by which a fulfilment is fetched. */
  readonly codeOf: (fulfillmentId: string) => Promise<string>;
  readonly onBroken: (error: unknown, template: string) => void;
}

type Write = (message: ReadyMessage, person: Personal) => Promise<Written>;

/** Puts a message into words, just before it is sent. */
export const writing = ({ brands, house, shelf, trackingUrl, orderUrl, returnUrl, codeOf, onBroken }: WritingNeeds): Write => {
  const urlsOf = (tokens: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map(
      [...tokens].flatMap(([shipmentId, token]) => {
        const url = trackingUrl(token);
        return url === undefined ? [] : [[shipmentId, url] as const];
      }),
    );

  return async ({ card, contents, kind, medium, trackingTokens }, person) => {
    const brand = brandIn(await brands(), house, card.channel);
    const { name, version, locale, render } = await shelf({
      kind,
      medium,
      brand: brand.code,
      locales: localesFor(card.locale, brand.locale),
    });
    const written = { from: brand.sender, template: { template: name, templateVersion: version, locale, brand: brand.code } };
    const content = gathered(contents);
    const code = content.fetches === undefined ? undefined : await codeOf(content.fetches);
    const urls = { trackingUrls: urlsOf(trackingTokens), orderUrl: await orderUrl(card.orderId), returnUrl: await returnUrl(card.orderId) };
    try {
      const values = valuesOf(locale, { card, content, person, code, brand: brand.name, ...urls });
      return { ...written, rendered: render(values) };
    } catch (error) {
      onBroken(error, name);
      return written;
    }
  };
};
