import { sweeping, type Kit, type Parts } from '@cartage/service-kit';
import type { Chargebacks } from './app/chargebacks';
import type { Decisions } from './app/decisions';
import { ProviderNotices } from './app/notices';
import type { NoticeSource, NoticeSources } from './app/provider-facts';
import type { Payouts } from './app/settlements/payouts';
import { isStripeAccount, type PaymentSettings } from './config';
import { pausesOf } from './policies';
import { webhookSecretsOf } from './provider-secrets';
import { findCapture } from './edge/find-capture';
import { findPromise } from './edge/find-promise';
import { parkedInTable, parkedReadings } from './edge/webhooks/parked-table';
import type { Signing } from './edge/webhooks/signature';
import { simulatedNotices } from './edge/webhooks/simulated-notices';
import { stripeNotices } from './edge/webhooks/stripe-notices';
import { NOTICES, WebhooksController } from './edge/webhooks/webhooks.controller';

/** How the webhooks of an account are read, by what kind of provider it is at. */
const sourceOf = (account: string, signing: Signing): NoticeSource | undefined => {
  if (isStripeAccount(account)) return stripeNotices(signing, account);
  return account === 'simulated' ? simulatedNotices(signing) : undefined;
};

const sourcesOf = ({ settings, now }: Kit<PaymentSettings>): NoticeSources =>
  new Map(
    [...webhookSecretsOf(settings)].flatMap(([account, secrets]) => {
      const source = sourceOf(account, { secrets, toleranceSeconds: settings.PAYMENT_WEBHOOK_TOLERANCE_SECONDS, now });
      return source ? [[account, source] as const] : [];
    }),
  );

const RETRY_MS = 2_000;

type NoticeParts = Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop' | 'readings'>>;

/** What payment providers tell by webhooks. */
export const noticeParts = (
  kit: Kit<PaymentSettings>,
  { decisions, chargebacks, payouts }: { readonly decisions: Decisions; readonly chargebacks: Chargebacks; readonly payouts: Payouts },
): NoticeParts => {
  const { pool, clock, log } = kit;
  const notices = new ProviderNotices({
    ...{ ...kit, decisions, chargebacks, payouts, sources: sourcesOf(kit), parked: parkedInTable(pool), pauses: pausesOf(kit.settings) },
    ...{ findPromise: findPromise(pool), findCapture: findCapture(pool) },
    onFault: ({ provider, noticeId }, err) =>
      log.error({ err, provider, noticeId }, 'a parked notice could not be tried again; it will be'),
  });
  const sweep = sweeping((_, stopping) => notices.retry(stopping), {
    ...{ clock, log, everyMs: RETRY_MS, trouble: 'parked notices could not be read' },
  });
  return {
    controllers: [WebhooksController],
    providers: [{ provide: NOTICES, useValue: notices }],
    readings: parkedReadings(pool, kit.now),
    start: sweep.start,
    stop: sweep.stop,
  };
};
