import { bodyOf, type Schemas } from '../../api/client';
import { savedVersion, type RuleKind, type RuleText, type RuleVersion } from './kind';

type Template = Schemas['Template'];
/** What customers are written about. */
const topics = [
  'order-confirmation',
  'order-edited',
  'order-cancelled',
  'cancellation-refused',
  'stock-short',
  'backorder',
  'promise-moved',
  'delayed',
  'payment-declined',
  'payment-action',
  'payment-reminder',
  'pay-link',
  'digital-delivery',
  'ready-for-pickup',
  'pickup-reminder',
  'pickup-expired',
  'collected',
  'dispatched',
  'out-for-delivery',
  'delivered',
  'delivery-failed',
  'delivery-problem',
  'refund-issued',
  'return-authorized',
  'return-label',
  'return-declined',
  'return-expiring',
  'return-expired',
  'return-received',
  'return-closed',
  'review-request',
] as const satisfies readonly Template['kind'][];
type Activation = Template['activations'][number];

const lastOf = (activations: readonly Activation[], version: number): Activation | undefined =>
  activations.findLast((each) => each.version === version);

const versionsOf = ({ versions, active, activations }: Template): readonly RuleVersion[] =>
  Array.from({ length: versions }, (_, at) => {
    const version = versions - at;
    const last = lastOf(activations, version);
    return { version: String(version), isInForce: version === active, note: null, by: last?.by ?? null, at: last?.activatedAt ?? null };
  });

const bodyText = ({ subject, mjml, text = '' }: RuleText): Schemas['DraftTemplateDto'] => ({
  ...(subject === undefined || subject === '' ? {} : { subject }),
  ...(mjml === undefined || mjml === '' ? {} : { mjml }),
  text,
});

/** What customers are written. Version 1 is built in. */
export const templates: RuleKind = {
  id: 'templates',
  parts: ['subject', 'text', 'mjml'],
  prefix: '',
  topics,
  sets: async (api, page, about) => {
    const kind = topics.find((each) => each === about);
    const query = { ...page, ...(kind === undefined ? {} : { kind }) };
    const { items, next } = await bodyOf(api.GET('/notifications/templates', { params: { query } }));
    return { items: items.map(({ template, active }) => ({ set: template, version: String(active), isActive: true })), next };
  },
  versions: async (api, template) =>
    versionsOf(await bodyOf(api.GET('/notifications/templates/{template}', { params: { path: { template } } }))),
  read: (api, template, version) =>
    bodyOf(api.GET('/notifications/templates/{template}/versions/{version}', { params: { path: { template, version: Number(version) } } })),
  save: async (api, { set: template, text }, key) => {
    const params = { path: { template }, header: { 'Idempotency-Key': key } };
    const drafted = await bodyOf(api.POST('/notifications/templates/{template}/versions', { params, body: bodyText(text) }));
    return savedVersion('versions' in drafted ? { version: String(drafted.versions) } : drafted);
  },
  activate: (api, { set: template, version }, key) =>
    bodyOf(
      api.POST('/notifications/templates/{template}/activation', {
        params: { path: { template }, header: { 'Idempotency-Key': key } },
        body: { version: Number(version) },
      }),
    ),
  preview: (api, template, text, locale) =>
    bodyOf(
      api.POST('/notifications/templates/{template}/preview', { params: { path: { template } }, body: { ...bodyText(text), locale } }),
    ),
  render: (api, template, version) =>
    bodyOf(
      api.GET('/notifications/templates/{template}/versions/{version}/preview', {
        params: { path: { template, version: Number(version) } },
      }),
    ),
};
