import type { ActionDetails } from '@cartage/contracts';
import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import type { Decisions } from './app/decisions';
import { PayLinks } from './app/pay-links';
import type { VerificationRules } from './app/verification-rules';
import type { PaymentSettings } from './config';
import { OpenedPayLinksController, PAY_LINKS, PayLinksController } from './edge/pay-links/pay-links.controller';
import { policyOf } from './policies';

/** Links by which what is due is paid. */
export const payLinkParts = (
  { settings, people, vault }: Kit<PaymentSettings>,
  decisions: Decisions,
  rules: VerificationRules,
): Pick<Parts, 'controllers' | 'providers'> => {
  const links = new PayLinks({
    ...{ decisions, idFor, limits: () => rules.inForce(), providerFor: policyOf(settings).providerFor },
    ...{ address: settings.PAY_LINK_URL, hours: settings.PAY_LINK_HOURS, sign: (payload) => people.hashOf('pay-link', payload) },
    openAction: (sealed) => vault.open<ActionDetails>(sealed),
    seal: (person, link) => vault.seal(person, link),
  });
  // Before those that take an order's id where these have a word.
  return { controllers: [OpenedPayLinksController, PayLinksController], providers: [{ provide: PAY_LINKS, useValue: links }] };
};
