import type { MessageKind, Medium } from '../../domain/kinds';
import { directionOf } from '../../domain/locale';
import type { TemplateSource } from '../../domain/template';

/** A paragraph; one with a name before it stands there only where there is such a value. */
export type Paragraph = string | readonly [onlyWith: string, says: string];

export interface Wording {
  readonly subject: string;
  readonly body: readonly Paragraph[];
  /** What stands on the button, where there is something to open. */
  readonly action?: string;
}

/** The words of every message in one language, as ICU messages. */
export interface Phrases {
  readonly greeting: string;
  readonly total: string;
  readonly delivery: string;
  readonly discount: string;
  /** Between a label and what it labels. */
  readonly colon: string;
  readonly parcel: string;
  readonly closing: string;
  /** To the page of the order, on which customers see and change it by themselves. */
  readonly orderPage: string;
  /** To the page on which customers send something back by themselves. */
  readonly sendBack: string;
  /** To the paper for customs. */
  readonly customsPaper: string;
  readonly messages: Readonly<Record<MessageKind, Wording>>;
}

type Block = 'lines' | 'totals' | 'parcels' | 'orderPage' | 'sendBack' | 'customsPaper';

const blocks: Readonly<Partial<Record<MessageKind, readonly Block[]>>> = {
  'order-confirmation': ['lines', 'totals', 'orderPage'],
  'order-edited': ['lines', 'totals', 'orderPage'],
  'order-cancelled': ['lines', 'orderPage'],
  'cancellation-refused': ['lines', 'orderPage'],
  'stock-short': ['lines'],
  backorder: ['lines', 'orderPage'],
  'promise-moved': ['lines', 'orderPage'],
  delayed: ['orderPage'],
  'digital-delivery': ['lines'],
  dispatched: ['lines', 'parcels', 'orderPage'],
  'out-for-delivery': ['parcels'],
  collected: ['sendBack'],
  delivered: ['lines', 'sendBack'],
  'delivery-failed': ['parcels'],
  'delivery-problem': ['parcels'],
  'return-authorized': ['lines', 'sendBack'],
  'return-label': ['customsPaper'],
  'return-declined': ['lines'],
  'return-expiring': ['lines'],
  'return-expired': ['lines'],
  'return-received': ['lines'],
};

const conditional = (paragraph: Paragraph, wrap: (says: string) => string): string =>
  typeof paragraph === 'string' ? wrap(paragraph) : `[[#${paragraph[0]}]]${wrap(paragraph[1])}[[/${paragraph[0]}]]`;

const row = (name: string, value: string): string => `<tr><td>[[${name}]]</td><td class="figure">[[{${value}}]]</td></tr>`;

/** Only where there is something to open. */
const linkBlock = (url: string, says: string): string =>
  `<mj-raw>[[#${url}]]</mj-raw><mj-text><a href="[[{${url}}]]">[[${says}]]</a></mj-text><mj-raw>[[/${url}]]</mj-raw>`;

const linkLine = (url: string, says: string, { colon }: Phrases): string => `[[#${url}]][[${says}${colon} {${url}}]]\n[[/${url}]]`;

const htmlBlocks = (phrases: Phrases): Readonly<Record<Block, string>> => ({
  lines: `<mj-table>[[#lines]]<tr><td>[[{quantity, number} × {title}]]</td><td class="figure">[[{amount}]]</td></tr>[[/lines]]</mj-table>`,
  totals: `<mj-table>[[#discount]]${row(phrases.discount, 'discount')}[[/discount]]${row(phrases.delivery, 'shipping')}${row(phrases.total, 'total')}</mj-table>`,
  parcels: `<mj-text>[[#parcels]]<p>[[#link]]<a href="[[{link}]]">[[/link]][[${phrases.parcel}]][[#link]]</a>[[/link]]</p>[[/parcels]]</mj-text>`,
  orderPage: linkBlock('orderUrl', phrases.orderPage),
  sendBack: linkBlock('returnUrl', phrases.sendBack),
  customsPaper: linkBlock('customsUrl', phrases.customsPaper),
});

const textBlocks = (phrases: Phrases): Readonly<Record<Block, string>> => ({
  lines: `[[#lines]][[{quantity, number} × {title}  {amount}]]\n[[/lines]]`,
  totals: `[[#discount]][[${phrases.discount}${phrases.colon} {discount}]]\n[[/discount]][[${phrases.delivery}${phrases.colon} {shipping}]]\n[[${phrases.total}${phrases.colon} {total}]]`,
  parcels: `[[#parcels]][[${phrases.parcel}]][[#link]] [[{link}]][[/link]]\n[[/parcels]]`,
  orderPage: linkLine('orderUrl', phrases.orderPage, phrases),
  sendBack: linkLine('returnUrl', phrases.sendBack, phrases),
  customsPaper: linkLine('customsUrl', phrases.customsPaper, phrases),
});

const mjmlOf = (locale: string, phrases: Phrases, kind: MessageKind): string => {
  const { subject, body, action } = phrases.messages[kind];
  const direction = directionOf(locale);
  const start = direction === 'rtl' ? 'right' : 'left';
  const html = htmlBlocks(phrases);
  const paragraphs = body.map((paragraph) => conditional(paragraph, (says) => `<p>[[${says}]]</p>`)).join('\n');
  const button =
    action === undefined ? '' : `<mj-raw>[[#url]]</mj-raw><mj-button href="[[{url}]]">[[${action}]]</mj-button><mj-raw>[[/url]]</mj-raw>`;
  return `<mjml lang="${locale}" dir="${direction}">
  <mj-head>
    <mj-title>[[${subject}]]</mj-title>
    <mj-attributes>
      <mj-section direction="${direction}" />
      <mj-column direction="${direction}" />
      <mj-all font-family="Helvetica, Arial, 'Noto Sans', sans-serif" />
      <mj-text align="${start}" font-size="16px" line-height="1.5" />
      <mj-table align="${start}" font-size="16px" line-height="1.5" />
      <mj-button background-color="#1f4e5f" color="#ffffff" border-radius="4px" font-size="16px" />
    </mj-attributes>
    <mj-style>.figure { text-align: ${direction === 'rtl' ? 'left' : 'right'}; white-space: nowrap; }</mj-style>
  </mj-head>
  <mj-body background-color="#f4f5f6">
    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text font-size="14px" color="#5b6770">[[{brand}]]</mj-text>
        <mj-text font-size="22px"><h1 style="font-size: 22px; margin: 0">[[${subject}]]</h1></mj-text>
        <mj-text><p>[[${phrases.greeting}]]</p>
${paragraphs}</mj-text>
        ${(blocks[kind] ?? []).map((block) => html[block]).join('\n        ')}
        ${button}
        <mj-text font-size="13px" color="#5b6770">[[${phrases.closing}]]</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
};

const textOf = (phrases: Phrases, kind: MessageKind): string => {
  const { body, action } = phrases.messages[kind];
  const blocksOf = textBlocks(phrases);
  return [
    `[[${phrases.greeting}]]\n`,
    ...body.map((paragraph) => conditional(paragraph, (says) => `[[${says}]]\n\n`)),
    ...(blocks[kind] ?? []).map((block) => `${blocksOf[block]}\n`),
    ...(action === undefined ? [] : [`[[#url]][[${action}${phrases.colon} {url}]]\n[[/url]]`]),
    `[[${phrases.closing}]]`,
  ].join('\n');
};

/** A few lines that stand alone: the subject, and where to look. */
const shortOf = (phrases: Phrases, kind: MessageKind): string => {
  const { subject, body } = phrases.messages[kind];
  const [first] = body;
  return `[[{brand}: ${subject}]]. ${first === undefined ? '' : conditional(first, (says) => `[[${says}]] `)}[[#url]][[{url}]][[/url]]`;
};

/** The message as it is built in: one layout for all, the words by language. */
export const sourceOf = (locale: string, phrases: Phrases, [kind, medium]: readonly [MessageKind, Medium]): TemplateSource =>
  medium === 'text'
    ? { text: shortOf(phrases, kind) }
    : { subject: `[[${phrases.messages[kind].subject}]]`, mjml: mjmlOf(locale, phrases, kind), text: textOf(phrases, kind) };
