import { breaksOf } from './compatibility';
import { count, list, object, oneOf, optional, text } from './schema';

const released = object({
  orderId: text(),
  note: optional(text()),
  lines: list(object({ sku: text(), quantity: count() })),
  kind: oneOf(['a', 'b']),
}).json;

describe('a change of a public event', () => {
  it('is no break when a field is added or a description is reworded', () => {
    const current = object({
      orderId: text('The order.'),
      note: optional(text()),
      lines: list(object({ sku: text(), quantity: count(), colour: text() })),
      kind: oneOf(['a', 'b']),
      more: text(),
    }).json;
    expect(breaksOf(released, current)).toEqual([]);
  });

  it.each([
    [
      'a field is gone',
      object({ note: optional(text()), lines: list(object({ sku: text(), quantity: count() })), kind: oneOf(['a', 'b']) }).json,
      ['data.orderId: is gone'],
    ],
    [
      'a certain field becomes optional',
      object({
        orderId: optional(text()),
        note: optional(text()),
        lines: list(object({ sku: text(), quantity: count() })),
        kind: oneOf(['a', 'b']),
      }).json,
      ['data.orderId: was always there, is optional now'],
    ],
    [
      'a nested field changes its type',
      object({ orderId: text(), note: optional(text()), lines: list(object({ sku: text(), quantity: text() })), kind: oneOf(['a', 'b']) })
        .json,
      ['data.lines[].quantity: type was integer, is string', 'data.lines[].quantity: minimum was 1, is undefined'],
    ],
    [
      'a value appears that readers do not know',
      object({
        orderId: text(),
        note: optional(text()),
        lines: list(object({ sku: text(), quantity: count() })),
        kind: oneOf(['a', 'b', 'c']),
      }).json,
      ['data.kind: may now be "c", which readers do not know'],
    ],
  ])('is a break when %s', (_, current, breaks) => expect(breaksOf(released, current)).toEqual(breaks));
});
