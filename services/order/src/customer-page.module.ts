import {
  idFor,
  isLinkForm,
  linkEnd,
  newLinkForm,
  orderLinkIn,
  orderLinkToken,
  type Kit,
  type Parts,
  type SettingsSpec,
} from '@cartage/service-kit';
import { EnvError, makeValidator } from 'envalid';
import { CustomerPage, type CustomerPageNeeds } from './app/customer-page/customer-page';
import { offerNames, type Offered, type OfferName } from './app/customer-page/offers';
import { CUSTOMER_PAGE, CustomerPageController } from './edge/customer-page/customer-page.controller';

export interface CustomerPageSettings {
  readonly CUSTOMERS_MAY: string;
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
};

type Needs = Pick<CustomerPageNeeds, 'read' | 'occasion' | 'edits' | 'cancellations'>;

/** What customers do by a link. Notifications makes the same ones, from the same key. */
export const customerPageParts = (
  { people, vault, newId, settings }: Kit<CustomerPageSettings>,
  needs: Needs,
): Required<Pick<Parts, 'controllers' | 'providers'>> => {
  const signing = { newId, sign: (text: string) => people.hashOf('order-form', text) };
  const customerPage = new CustomerPage({
    ...{ ...needs, vault, idFor, endOf: linkEnd, offered: offeredIn(settings.CUSTOMERS_MAY) },
    linkIn: (token) => orderLinkIn(people, 'order', token),
    tokenOf: (link) => orderLinkToken(people, 'order', link),
    returnTokenOf: (link) => orderLinkToken(people, 'returns', link),
    newForm: (token) => newLinkForm(signing, token),
    isForm: (token, form) => isLinkForm(signing, token, form),
  });
  return { controllers: [CustomerPageController], providers: [{ provide: CUSTOMER_PAGE, useValue: customerPage }] };
};
