import { integer, list, object, optional, text } from '@cartage/contracts';
import { answerOf, pageAnswer } from './answer';
import { Answers } from './answers';

interface Basket {
  readonly basketId: string;
  readonly note?: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const line = object({ sku: text(), quantity: integer() });
const basket = answerOf<Basket>()('Basket', object({ basketId: text(), note: optional(text()), lines: list(line) }));

describe('the description of an answer', () => {
  it('stands in the document by its name', () => expect(basket.json).toMatchObject({ title: 'Basket', required: ['basketId', 'lines'] }));

  it('is that of each item of a page', () =>
    expect(pageAnswer(basket).json).toMatchObject({
      title: 'BasketPage',
      properties: { items: { items: basket.json }, next: { type: ['string', 'null'] } },
    }));

  // These are judged by the compiler: without the error that is expected, the file does not compile.
  it('does not compile when it differs from the type', () => {
    const described = answerOf<Basket>();
    // @ts-expect-error -- lacks an optional field
    described('Basket', object({ basketId: text(), lines: list(line) }));
    // @ts-expect-error -- lacks a field deep inside
    described('Basket', object({ basketId: text(), note: optional(text()), lines: list(object({ sku: text() })) }));
    // @ts-expect-error -- has a field too many
    described('Basket', object({ basketId: text(), note: optional(text()), colour: optional(text()), lines: list(line) }));
    // @ts-expect-error -- says another type
    described('Basket', object({ basketId: integer(), note: optional(text()), lines: list(line) }));
    // @ts-expect-error -- demands what may be absent
    described('Basket', object({ basketId: text(), note: text(), lines: list(line) }));
    class Shop {
      @Answers(200, basket)
      basket(): Promise<Basket> {
        return Promise.resolve({ basketId: 'b-1', lines: [] });
      }

      // @ts-expect-error -- the handler returns something else
      @Answers(200, basket)
      colour(): string {
        return 'green';
      }
    }
    expect(new Shop().colour()).toBe('green');
  });
});
