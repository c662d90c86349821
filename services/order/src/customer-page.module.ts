import {
  forgetting,
  idFor,
  isLinkForm,
  linkTemplate,
  linkEnd,
  newLinkForm,
  orderLinkIn,
  orderLinkToken,
  type Kit,
  type Parts,
  type SettingsSpec,
} from '@cartage/service-kit';
import { EnvError, makeValidator } from 'envalid';
import { CustomerLinks } from './app/customer-page/customer-links';
import { CustomerPage, type CustomerPageNeeds } from './app/customer-page/customer-page';
import { offerNames, type Offered, type OfferName } from './app/customer-page/offers';
import { CUSTOMER_PAGE, CustomerPageController } from './edge/customer-page/customer-page.controller';
import { CUSTOMER_LINKS, CustomerLinksController } from './edge/customer-page/links.controller';
import { forgettableLinks, linkBookIn } from './edge/customer-page/postgres-links';

export interface CustomerPageSettings {
  readonly CUSTOMERS_MAY: string;
  readonly ORDER_PAGE_URL: string | undefined;
}

const isOffer = (name: string): name is OfferName => offerNames.some((each) => each === name);

const offeredIn = (text: string): Offered => {
  const names = text.split(',').map((name) => name.trim());
  return new Set(
    names
      .filter((name) => name !== '')
      .map((name) => {
        if (isOffer(name)) return name;
        throw new EnvError(`${name} is none of ${offerNames.join(', ')}.`);
      }),
  );
};

const offers = makeValidator((text) => {
  offeredIn(text);
  return text;
});

export const customerPageSettings: SettingsSpec<CustomerPageSettings> = {
  CUSTOMERS_MAY: offers({
    default: offerNames.join(','),
    example: 'cancel,return',
    desc: 'What customers may do by themselves on the page of their order, as long as the order lets them: `cancel`, `address`, `return`. For the rest it sends them to the shop; empty: they only look.',
  }),
  ORDER_PAGE_URL: linkTemplate({
    default: undefined,
    example: 'https://shop.example.com/orders/links/{token}/page',
    desc: 'The page on which a customer sees and changes an order, with {token} in it: this API’s own, as customers reach it. Without it a link that somebody makes is told by its path only.',
  }),
};

type Needs = Pick<CustomerPageNeeds, 'read' | 'occasion' | 'edits' | 'cancellations'>;

/** What customers do by a link. Notifications makes the same ones, from the same key. */
export const customerPageParts = (
  { people, vault, newId, settings, pool, ...kit }: Kit<CustomerPageSettings>,
  needs: Needs,
): Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> => {
  const links = new CustomerLinks({
    ...{ read: needs.read, book: linkBookIn(pool), now: kit.now, idFor, endOf: linkEnd },
    tokenOf: (link) => orderLinkToken(people, 'order', link),
    pageUrl: settings.ORDER_PAGE_URL,
  });
  const signing = { newId, sign: (text: string) => people.hashOf('order-form', text) };
  const customerPage = new CustomerPage({
    ...{ ...needs, links, vault, idFor, endOf: linkEnd, offered: offeredIn(settings.CUSTOMERS_MAY) },
    linkIn: (token) => orderLinkIn(people, 'order', token),
    returnTokenOf: (link) => orderLinkToken(people, 'returns', link),
    newForm: (token) => newLinkForm(signing, token),
    isForm: (token, form) => isLinkForm(signing, token, form),
  });
  return {
    controllers: [CustomerLinksController, CustomerPageController],
    providers: [
      { provide: CUSTOMER_LINKS, useValue: links },
      { provide: CUSTOMER_PAGE, useValue: customerPage },
    ],
    ...forgetting([forgettableLinks(pool)], kit),
  };
};
