const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** An element with text, or with other elements in it that are written already. */
export const element = (name: string, content: string | readonly string[], attributes: Readonly<Record<string, string>> = {}): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${written.join('')}>${typeof content === 'string' ? escaped(content) : content.join('')}</${name}>`;
};

/** What a feed of a type holds. */
const messageTypes: Readonly<Record<string, string>> = {
  POST_ORDER_ACKNOWLEDGEMENT_DATA: 'OrderAcknowledgement',
  POST_PAYMENT_ADJUSTMENT_DATA: 'OrderAdjustment',
};

/** `AmazonEnvelope` of the published schemas, with these messages, numbered from 1. */
export const xmlDocument = (of: { readonly sellerId: string; readonly feedType: string }, messages: readonly string[]): string => {
  const header = element('Header', [element('DocumentVersion', '1.01'), element('MerchantIdentifier', of.sellerId)]);
  const numbered = messages.map((message, i) => element('Message', [element('MessageID', String(i + 1)), message]));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('AmazonEnvelope', [header, element('MessageType', messageTypes[of.feedType] ?? ''), ...numbered])}`;
};

/** The insides of each element of this name. Reports are flat and machine-made: no name stands within one of its own. */
export const elementsOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inside = '']) => inside);

const unescaped = (text: string): string =>
  Object.entries(escapes).reduceRight((plain, [sign, written]) => plain.replaceAll(written, sign), text);

export const textOf = (xml: string, name: string): string | undefined => {
  const [inside] = elementsOf(xml, name);
  return inside === undefined ? undefined : unescaped(inside.trim());
};
